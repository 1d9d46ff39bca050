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
import dev.overseer.views.UnknownValue;
import dev.overseer.views.ViewReader;
import dev.overseer.views.binding.ViewBindings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Judges views by one check. Reading and binding happen on the caller's thread, the author's code
 * runs where the {@link CheckCalls} say.
 */
public final class CheckJudge {
  private final CheckDefinition<?> check;
  private final CheckCalls calls;
  private final Preparing preparing;

  @FunctionalInterface
  private interface Preparing {
    Prepared<Outcome> prepare(RecordKey root, AsOf asOf, KnownTables known);
  }

  private CheckJudge(CheckDefinition<?> check, CheckCalls calls, Preparing preparing) {
    this.check = check;
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
    return new CheckJudge(check, calls, preparing(check, view, definitions, reader));
  }

  private static <V> Preparing preparing(
      CheckDefinition<V> check, ViewDefinition view, Definitions definitions, ViewReader reader) {
    return switch (check.translation()) {
      case Translation.Bound<V>(Class<V> type) -> {
        ViewSubject<V> subject =
            new ViewSubject<>(
                reader, view, check.orphans(), ViewBindings.bindingFor(type, view, definitions));
        yield (root, asOf, known) ->
            subject.prepare(
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
            reader,
            view,
            check.orphans(),
            ViewBindings.bindingFor(mapped.bound(), view, definitions));
    return (root, asOf, known) ->
        subject.prepare(
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

  /** The outcomes of judgements that were prepared here, in their order. */
  public List<Outcome> judge(List<Prepared<Outcome>> prepared) {
    List<Callable<Outcome>> open = new ArrayList<>(prepared.size());
    for (Prepared<Outcome> one : prepared) {
      if (one instanceof Prepared.Open<Outcome>(Callable<Outcome> call)) {
        open.add(call);
      }
    }
    List<Called<Outcome>> called =
        open.isEmpty() ? List.of() : calls.callAll(open, check.timeout());
    List<Outcome> outcomes = new ArrayList<>(prepared.size());
    int next = 0;
    for (Prepared<Outcome> one : prepared) {
      outcomes.add(
          switch (one) {
            case Prepared.Decided<Outcome>(Outcome outcome) -> outcome;
            case Prepared.Open<Outcome> _ -> outcome(called.get(next++));
          });
    }
    return outcomes;
  }

  private static Outcome outcome(Called<Outcome> called) {
    return switch (called) {
      case Called.Returned<Outcome>(Outcome outcome) ->
          outcome == null ? new Outcome.Errored("The check returned null") : outcome;
      case Called.Threw<Outcome>(Throwable thrown) -> ofThrown(thrown);
      case Called.TimedOut<Outcome>(var timeout) ->
          new Outcome.Errored("The check took longer than its timeout of " + timeout);
      case Called.Refused<Outcome>(String why) ->
          new Outcome.Errored("The check was not called: " + why);
    };
  }

  /** What an exception from the author's code means. */
  static Outcome ofThrown(Throwable thrown) {
    return thrown instanceof UnknownValue unknown
        ? Outcome.inconclusive(String.valueOf(unknown.getMessage()))
        : new Outcome.Errored(ErrorText.of(thrown));
  }
}
