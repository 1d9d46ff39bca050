package dev.overseer.runner.simulation;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.ExecutionStrategy.After;
import dev.overseer.checks.ExecutionStrategy.Custom;
import dev.overseer.checks.ExecutionStrategy.EventuallyWithin;
import dev.overseer.checks.ExecutionStrategy.Immediately;
import dev.overseer.checks.ExecutionStrategy.WhenFresh;
import dev.overseer.model.RecordKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a check must say completely, told straight from the design: all updates are known, every
 * root is looked at on its own, and time is a sorted map. No logs, agendas, batches or crashes.
 */
final class ReferenceModel {
  private static final long SETTLE = 1_000_000;

  private final CheckDefinition<?> check;
  private final ReferenceStates states;
  private final long from;

  /** What is said of a root at a cut, and because of which trigger. */
  record Said(RecordKey root, long trigger, long cut, String outcome) {}

  ReferenceModel(CheckDefinition<?> check, ReferenceStates states, long from) {
    this.check = check;
    this.states = states;
    this.from = from;
  }

  Set<Said> verdicts() {
    Set<Said> all = new HashSet<>();
    states.touches(check, from).forEach((root, touches) -> addOf(root, touches, all));
    return all;
  }

  /**
   * @param touches the times of the updates of the root's view, and whether they trigger
   */
  private void addOf(RecordKey root, TreeMap<Long, Boolean> touches, Set<Said> all) {
    TreeMap<Long, Said> said = new TreeMap<>();
    touches.forEach(
        (trigger, triggers) -> {
          if (triggers) {
            Optional<List<Long>> cuts = cuts(root, trigger, touches);
            // The earliest trigger that asks for a cut is the one it is told for.
            cuts.ifPresent(
                some -> some.forEach(cut -> said.putIfAbsent(cut, judged(root, trigger, cut))));
            if (cuts.isEmpty()) {
              all.add(new Said(root, trigger, trigger, "Errored"));
            }
          }
        });
    touches.keySet().forEach(touch -> heal(root, touch, said));
    if (check.strategy() instanceof WhenFresh) {
      removeRepeated(said, touches);
    }
    all.addAll(said.values());
  }

  /** Cuts with no update between them are one judgement, if the first of them told something. */
  private static void removeRepeated(TreeMap<Long, Said> said, TreeMap<Long, Boolean> touches) {
    Said last = null;
    for (Said one : List.copyOf(said.values())) {
      if (last != null && tells(last) && touches.subMap(last.cut, false, one.cut, true).isEmpty()) {
        said.remove(one.cut);
      } else {
        last = one;
      }
    }
  }

  private static boolean tells(Said said) {
    return !said.outcome.startsWith("Inconclusive") && !said.outcome.startsWith("Errored");
  }

  /** The cuts of one trigger; none where the strategy failed. */
  private Optional<List<Long>> cuts(RecordKey root, long trigger, TreeMap<Long, Boolean> touches) {
    return switch (check.strategy()) {
      case WhenFresh(Duration settle) -> Optional.of(List.of(trigger + micros(settle)));
      case After(Duration delay) -> Optional.of(List.of(trigger + micros(delay)));
      case Immediately() -> Optional.of(List.of(trigger));
      case EventuallyWithin(Duration within) ->
          Optional.of(List.of(firstPass(root, trigger, trigger + micros(within), touches)));
      case Custom<?> custom -> states.plan(check, custom, root, trigger);
    };
  }

  private long firstPass(RecordKey root, long trigger, long end, TreeMap<Long, Boolean> touches) {
    for (long cut : touches.subMap(trigger, true, end, true).keySet()) {
      if (states.outcome(check, root, cut).equals("Passed")) {
        return cut;
      }
    }
    return end;
  }

  /** While the data fail, every update is judged once more, when it has settled. */
  private void heal(RecordKey root, long touch, TreeMap<Long, Said> said) {
    long cut =
        touch + (check.strategy() instanceof WhenFresh(var settle) ? micros(settle) : SETTLE);
    if (fails(touch, said) && fails(cut, said)) {
      said.putIfAbsent(cut, judged(root, touch, cut));
    }
  }

  /** Whether the greatest cut before {@code time} that passed or failed did fail. */
  private static boolean fails(long time, TreeMap<Long, Said> said) {
    for (Said one : said.headMap(time, false).descendingMap().values()) {
      if (one.outcome().equals("Passed") || one.outcome().startsWith("Failed")) {
        return one.outcome().startsWith("Failed");
      }
    }
    return false;
  }

  private Said judged(RecordKey root, long trigger, long cut) {
    return new Said(root, trigger, cut, states.outcome(check, root, cut));
  }

  static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }
}
