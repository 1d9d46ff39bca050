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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** Asks an author's own strategy for its cuts. */
public final class CutPlanner {
  private static final int CUTS_MAX = 1000;

  private final Duration horizon;
  private final CheckCalls calls;
  private final Preparing preparing;

  /** What a strategy said for one trigger. */
  public sealed interface Planned {
    record Cuts(List<EffectiveTime> cuts) implements Planned {}

    /** It failed to give cuts: this is recorded instead, at the trigger's own time. */
    record Instead(Outcome outcome) implements Planned {}
  }

  /** A trigger of which the cuts are asked, on the view just after it. */
  public record Asked(RecordKey root, AsOf justAfter) {}

  @FunctionalInterface
  private interface Preparing {
    Prepared<List<Instant>> prepare(RecordKey root, AsOf justAfter, KnownTables known);
  }

  private CutPlanner(Duration horizon, CheckCalls calls, Preparing preparing) {
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
            reader, view, check, ViewBindings.bindingFor(strategy.viewType(), view, definitions));
    return new CutPlanner(
        strategy.horizon(),
        calls,
        (root, justAfter, known) ->
            subject.prepare(
                root,
                justAfter,
                known,
                seen -> () -> copied(strategy.plan().cuts(justAfter.cut().toInstant(), seen))));
  }

  /** On the check's thread: the list may be of the author's own making. */
  private static List<Instant> copied(List<Instant> cuts) {
    return cuts.stream().limit(CUTS_MAX + 1L).toList();
  }

  /**
   * For each trigger, in their order, its distinct cuts in order; where there is no view to show to
   * the strategy, the trigger's own time. Shorter when not all could be asked for.
   */
  public Flight<List<Planned>> plan(List<Asked> triggers, KnownTables known) {
    List<Prepared<List<Instant>>> prepared = new ArrayList<>(triggers.size());
    List<Callable<List<Instant>>> open = new ArrayList<>(triggers.size());
    for (Asked trigger : triggers) {
      Prepared<List<Instant>> one = preparing.prepare(trigger.root(), trigger.justAfter(), known);
      prepared.add(one);
      if (one instanceof Prepared.Open<List<Instant>>(Callable<List<Instant>> call)) {
        open.add(call);
      }
    }
    return open.isEmpty()
        ? Flight.back(planned(triggers, prepared, List.of()))
        : calls.start(open).map(called -> planned(triggers, prepared, called));
  }

  private List<Planned> planned(
      List<Asked> triggers,
      List<Prepared<List<Instant>>> prepared,
      List<Called<List<Instant>>> called) {
    List<Planned> planned = new ArrayList<>(triggers.size());
    int next = 0;
    for (int i = 0; i < triggers.size(); i++) {
      EffectiveTime trigger = triggers.get(i).justAfter().cut();
      Optional<Planned> one =
          switch (prepared.get(i)) {
            case Prepared.Decided<List<Instant>> _ ->
                Optional.of(new Planned.Cuts(List.of(trigger)));
            case Prepared.Open<List<Instant>> _ -> planned(called.get(next++), trigger);
          };
      if (one.isEmpty()) {
        return planned;
      }
      planned.add(one.get());
    }
    return planned;
  }

  private Optional<Planned> planned(Called<List<Instant>> called, EffectiveTime trigger) {
    return switch (called) {
      case Called.Returned<List<Instant>>(List<Instant> cuts) ->
          Optional.of(checked(cuts, trigger));
      case Called.Unknown<List<Instant>>(String why) ->
          Optional.of(new Planned.Instead(Outcome.inconclusive(why)));
      case Called.Failed<List<Instant>>(String error) ->
          Optional.of(errored("The strategy gave no cuts: " + error));
      case Called.Refused<List<Instant>>() -> Optional.empty();
    };
  }

  private Planned checked(List<Instant> cuts, EffectiveTime trigger) {
    if (cuts.size() > CUTS_MAX) {
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
