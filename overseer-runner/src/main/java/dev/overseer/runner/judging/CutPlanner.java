package dev.overseer.runner.judging;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.checks.Outcome;
import dev.overseer.model.AsOf;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.model.ViewDefinition;
import dev.overseer.runner.judging.CheckCalls.Called;
import dev.overseer.views.ViewReader;
import dev.overseer.views.binding.ViewBindings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** Asks an author's own strategy for its cuts. */
public final class CutPlanner {
  private static final int CUTS_MAX = 1000;

  private final Duration timeout;
  private final Duration horizon;
  private final CheckCalls calls;
  private final Preparing preparing;

  /** What a strategy said for one trigger. */
  public sealed interface Planned {
    record Cuts(List<EffectiveTime> cuts) implements Planned {}

    /** It failed to give cuts: this is recorded instead, at the trigger's own time. */
    record Instead(Outcome outcome) implements Planned {}
  }

  @FunctionalInterface
  private interface Preparing {
    Prepared<List<Instant>> prepare(RecordKey root, AsOf justAfter, KnownTables known);
  }

  private CutPlanner(Duration timeout, Duration horizon, CheckCalls calls, Preparing preparing) {
    this.timeout = timeout;
    this.horizon = horizon;
    this.calls = calls;
    this.preparing = preparing;
  }

  public static <V> CutPlanner of(
      CheckDefinition<?> check,
      ExecutionStrategy.Custom<V> strategy,
      ViewDefinition view,
      Definitions definitions,
      ViewReader reader,
      CheckCalls calls) {
    ViewSubject<V> subject =
        new ViewSubject<>(
            reader,
            view,
            check.orphans(),
            ViewBindings.bindingFor(strategy.viewType(), view, definitions));
    return new CutPlanner(
        check.timeout(),
        strategy.horizon(),
        calls,
        (root, justAfter, known) ->
            subject.prepare(
                root,
                justAfter,
                known,
                seen -> () -> strategy.plan().cuts(justAfter.cut().toInstant(), seen)));
  }

  /**
   * The distinct cuts for a trigger, in order; where there is no view to show to the strategy, the
   * trigger's own time.
   */
  public Planned plan(RecordKey root, AsOf justAfter, KnownTables known) {
    return switch (preparing.prepare(root, justAfter, known)) {
      case Prepared.Decided<List<Instant>> _ -> new Planned.Cuts(List.of(justAfter.cut()));
      case Prepared.Open<List<Instant>>(Callable<List<Instant>> call) ->
          planned(calls.callAll(List.of(call), timeout).getFirst(), justAfter.cut());
    };
  }

  private Planned planned(Called<List<Instant>> called, EffectiveTime trigger) {
    return switch (called) {
      case Called.Returned<List<Instant>>(List<Instant> cuts) -> checked(cuts, trigger);
      case Called.Threw<List<Instant>>(Throwable thrown) ->
          new Planned.Instead(CheckJudge.ofThrown(thrown));
      case Called.TimedOut<List<Instant>>(Duration limit) ->
          errored("The strategy took longer than the check's timeout of " + limit);
      case Called.Refused<List<Instant>>(String why) ->
          errored("The strategy was not asked: " + why);
    };
  }

  private Planned checked(List<Instant> cuts, EffectiveTime trigger) {
    if (cuts == null || cuts.size() > CUTS_MAX) {
      return errored("The strategy gave no list of at most " + CUTS_MAX + " cuts");
    }
    TreeSet<EffectiveTime> distinct = new TreeSet<>();
    cuts.forEach(cut -> distinct.add(EffectiveTime.of(cut)));
    EffectiveTime last = trigger.plus(horizon);
    Optional<EffectiveTime> outside =
        distinct.stream().filter(cut -> cut.isBefore(trigger) || cut.isAfter(last)).findFirst();
    return outside
        .<Planned>map(cut -> errored("The strategy's cut " + cut + " is outside its horizon"))
        .orElseGet(() -> new Planned.Cuts(List.copyOf(distinct)));
  }

  private static Planned errored(String error) {
    return new Planned.Instead(new Outcome.Errored(error));
  }
}
