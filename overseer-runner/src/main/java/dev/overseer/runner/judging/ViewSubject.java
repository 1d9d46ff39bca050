package dev.overseer.runner.judging;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.Inputs;
import dev.overseer.checks.Orphans;
import dev.overseer.checks.Outcome;
import dev.overseer.model.AsOf;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.ViewDefinition;
import dev.overseer.views.AmbiguousMember;
import dev.overseer.views.TotalReading;
import dev.overseer.views.UnknownValue;
import dev.overseer.views.View;
import dev.overseer.views.ViewBinding;
import dev.overseer.views.ViewReader;
import dev.overseer.views.ViewTooLarge;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * A view at a cut as the author's code gets to see it, bound to its type; or why there is nothing
 * to see.
 *
 * @param <B> what the view is bound to
 */
final class ViewSubject<B> {
  private final ViewReader reader;
  private final ViewDefinition definition;
  private final Orphans orphans;
  private final Inputs inputs;
  private final ViewBinding<B> binding;

  ViewSubject(
      ViewReader reader,
      ViewDefinition definition,
      CheckDefinition<?> check,
      ViewBinding<B> binding) {
    this.reader = reader;
    this.definition = definition;
    this.orphans = check.orphans();
    this.inputs = check.inputs();
    this.binding = binding;
  }

  /** Reads and binds here, on the caller's thread; {@code ask} is for the check's. */
  <T> Prepared<T> prepare(
      RecordKey root, AsOf asOf, KnownTables known, Function<B, Callable<T>> ask) {
    return prepareView(root, asOf, known, view -> ask.apply(binding.bind(view)));
  }

  /** The same of a judgement, which now and then is made twice where it should be the same then. */
  Prepared<Outcome> prepareJudgement(
      RecordKey root, AsOf asOf, KnownTables known, Function<B, Callable<Outcome>> ask) {
    Asking<Outcome> once = view -> ask.apply(binding.bind(view));
    return inputs == Inputs.VIEW_ALONE && SecondLook.isDue(root, asOf.cut())
        ? prepareView(
            root,
            asOf,
            known,
            view -> SecondLook.of(once.of(view), once.of(SecondLook.reordered(view))))
        : prepareView(root, asOf, known, once);
  }

  /** Makes a call of what is seen. */
  @FunctionalInterface
  private interface Asking<T> {
    Callable<T> of(View view);
  }

  private <T> Prepared<T> prepareView(RecordKey root, AsOf asOf, KnownTables known, Asking<T> ask) {
    Optional<String> whyUnknown = known.whyUnknown(asOf.cut());
    if (whyUnknown.isPresent()) {
      return new Prepared.Decided<>(Outcome.inconclusive(whyUnknown.get()));
    }
    try {
      View view = reader.viewAsOf(definition, root, asOf);
      Optional<Outcome> settled = settledByStates(view);
      return settled.isPresent()
          ? new Prepared.Decided<>(settled.get())
          : new Prepared.Open<>(ask.of(view));
    } catch (UnknownValue unknown) {
      return new Prepared.Decided<>(Outcome.inconclusive(String.valueOf(unknown.getMessage())));
    } catch (AmbiguousMember ambiguous) {
      return new Prepared.Decided<>(ambiguous(ambiguous));
    } catch (ViewTooLarge | InvalidRequest unfit) {
      return new Prepared.Decided<>(new Outcome.Errored(String.valueOf(unfit.getMessage())));
    }
  }

  private static Outcome ambiguous(AmbiguousMember ambiguous) {
    return Outcome.failed(
        ambiguous.reasonCode(),
        String.valueOf(ambiguous.getMessage()),
        1,
        ambiguous.members().size());
  }

  private Optional<Outcome> settledByStates(View view) {
    return unreadable(view).or(() -> untold(view)).or(() -> settledByRoot(view));
  }

  private static Optional<Outcome> unreadable(View view) {
    Optional<Outcome> unreadable = unreadable(view.root());
    for (List<View.Member> members : view.members().values()) {
      for (int i = 0; unreadable.isEmpty() && i < members.size(); i++) {
        unreadable = unreadable(members.get(i));
      }
    }
    return unreadable;
  }

  private static Optional<Outcome> unreadable(View.Member member) {
    return member.state() instanceof RecordState.Unreadable(String reason)
        ? Optional.of(Outcome.inconclusive(member.key() + " cannot be read: " + reason))
        : Optional.empty();
  }

  private static Optional<Outcome> untold(View view) {
    for (List<TotalReading> readings : view.totals().values()) {
      for (TotalReading reading : readings) {
        if (reading.state() instanceof TotalReading.State.Untold(String why)) {
          return Optional.of(Outcome.inconclusive(why));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Outcome> settledByRoot(View view) {
    if (definition.rootOptional()) {
      return Optional.empty();
    }
    return switch (view.root().state()) {
      case RecordState.Present _, RecordState.Unreadable _ -> Optional.empty();
      case RecordState.Deleted _ -> Optional.of(Outcome.notApplicable("the root is deleted"));
      case RecordState.NeverSeen _ -> Optional.of(neverSeen(view));
    };
  }

  private Outcome neverSeen(View view) {
    boolean hasMembers = view.members().values().stream().anyMatch(some -> !some.isEmpty());
    boolean isCounted =
        view.totals().values().stream().flatMap(List::stream).anyMatch(it -> it.get().count() > 0);
    return (hasMembers || isCounted) && orphans == Orphans.FAIL
        ? Outcome.failed("root-missing", "There is no " + view.root().key() + ", but its members")
        : Outcome.notApplicable("the root was never seen");
  }
}
