package dev.overseer.runner.judging;

import dev.overseer.checks.Check;
import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.Judging;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Translation;
import dev.overseer.model.AsOf;
import dev.overseer.model.Definitions;
import dev.overseer.model.RecordKey;
import dev.overseer.model.ViewDefinition;
import dev.overseer.runner.judging.CheckCalls.Called;
import dev.overseer.views.ViewReader;
import dev.overseer.views.binding.ViewBindings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Judges views by one check. Reading and binding happen on the caller's thread, the author's code
 * runs where the {@link CheckCalls} say.
 */
public final class CheckJudge {
  private final CheckCalls calls;
  private final Preparing preparing;

  @FunctionalInterface
  private interface Preparing {
    Prepared<Outcome> prepare(RecordKey root, AsOf asOf, KnownTables known);
  }

  private CheckJudge(CheckCalls calls, Preparing preparing) {
    this.calls = calls;
    this.preparing = preparing;
  }

  /**
   * @throws dev.overseer.model.InvalidRequest when the check's type does not fit the view
   */
  public static <V> CheckJudge of(
      CheckDefinition<V> check,
      ViewDefinition view,
      Definitions definitions,
      ViewReader reader,
      CheckCalls calls) {
    return new CheckJudge(calls, preparing(check, view, definitions, reader));
  }

  private static <V> Preparing preparing(
      CheckDefinition<V> check, ViewDefinition view, Definitions definitions, ViewReader reader) {
    return switch (check.translation()) {
      case Translation.Bound<V>(Class<V> type) -> {
        ViewSubject<V> subject =
            new ViewSubject<>(
                reader, view, check, ViewBindings.bindingFor(type, view, definitions));
        yield (root, asOf, known) ->
            subject.prepareJudgement(
                root, asOf, known, seen -> () -> judge(check.check(), seen, root, asOf));
      }
      case Translation.Mapped<?, V> mapped -> mapped(check, mapped, view, definitions, reader);
    };
  }

  private static <B, V> Preparing mapped(
      CheckDefinition<V> check,
      Translation.Mapped<B, V> mapped,
      ViewDefinition view,
      Definitions definitions,
      ViewReader reader) {
    ViewSubject<B> subject =
        new ViewSubject<>(
            reader, view, check, ViewBindings.bindingFor(mapped.bound(), view, definitions));
    return (root, asOf, known) ->
        subject.prepareJudgement(
            root,
            asOf,
            known,
            seen -> () -> judge(check.check(), mapped.translate().apply(seen), root, asOf));
  }

  private static <V> Outcome judge(Check<V> check, V seen, RecordKey root, AsOf asOf) {
    return check.judge(seen, new Judging(asOf.cut().toInstant(), root.toString()));
  }

  /** Everything of a judgement but the check itself. */
  public Prepared<Outcome> prepare(RecordKey root, AsOf asOf, KnownTables known) {
    return preparing.prepare(root, asOf, known);
  }

  /**
   * The outcomes of judgements that were prepared here, in their order, up to the first that could
   * not be made: that one, and those after it, are to be asked for again.
   */
  public Flight<List<Outcome>> judge(List<Prepared<Outcome>> prepared) {
    List<Callable<Outcome>> open = new ArrayList<>(prepared.size());
    for (Prepared<Outcome> one : prepared) {
      if (one instanceof Prepared.Open<Outcome>(Callable<Outcome> call)) {
        open.add(call);
      }
    }
    return open.isEmpty()
        ? Flight.back(outcomes(prepared, List.of()))
        : calls.start(open).map(called -> outcomes(prepared, called));
  }

  private static List<Outcome> outcomes(
      List<Prepared<Outcome>> prepared, List<Called<Outcome>> called) {
    List<Outcome> outcomes = new ArrayList<>(prepared.size());
    int next = 0;
    for (Prepared<Outcome> one : prepared) {
      Optional<Outcome> outcome =
          switch (one) {
            case Prepared.Decided<Outcome>(Outcome decided) -> Optional.of(decided);
            case Prepared.Open<Outcome> _ -> outcome(called.get(next++));
          };
      if (outcome.isEmpty()) {
        return outcomes;
      }
      outcomes.add(outcome.get());
    }
    return outcomes;
  }

  private static Optional<Outcome> outcome(Called<Outcome> called) {
    return switch (called) {
      case Called.Returned<Outcome>(Outcome outcome) ->
          Optional.of(outcome == null ? new Outcome.Errored("The check returned null") : outcome);
      case Called.Unknown<Outcome>(String why) -> Optional.of(Outcome.inconclusive(why));
      case Called.Failed<Outcome>(String error) -> Optional.of(new Outcome.Errored(error));
      case Called.Refused<Outcome>() -> Optional.empty();
    };
  }
}
