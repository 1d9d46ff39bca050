package dev.overseer.runner.simulation;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.ExecutionStrategy.AtEach;
import dev.overseer.checks.ExecutionStrategy.Custom;
import dev.overseer.checks.ExecutionStrategy.Debounced;
import dev.overseer.checks.ExecutionStrategy.EventuallyWithin;
import dev.overseer.checks.ExecutionStrategy.OneCut;
import dev.overseer.checks.ExecutionStrategy.WhenFresh;
import dev.overseer.checks.Verdict;
import dev.overseer.model.RecordKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a check must say completely, told straight from the design: all updates are known, every
 * root is looked at on its own, and time is a sorted map. No logs, agendas, batches or crashes.
 */
final class ReferenceModel {
  private static final long SETTLE = 1_000_000;

  private final CheckDefinition<?> check;
  private final ReferenceStates states;
  private final long from;
  private final Map<RecordKey, TreeSet<Long>> swept;

  /** What is said of a root at a cut, and because of which trigger. */
  record Said(RecordKey root, long trigger, long cut, String outcome) {
    static Said of(Verdict verdict) {
      return new Said(
          verdict.root(),
          verdict.trigger().micros(),
          verdict.cut().micros(),
          ReferenceStates.told(verdict.outcome()));
    }

    boolean decides() {
      return outcome.equals("Passed") || fails();
    }

    boolean fails() {
      return outcome.startsWith("Failed");
    }
  }

  /**
   * @param swept when sweeps triggered a root
   */
  ReferenceModel(
      CheckDefinition<?> check,
      ReferenceStates states,
      long from,
      Map<RecordKey, TreeSet<Long>> swept) {
    this.check = check;
    this.states = states;
    this.from = from;
    this.swept = swept;
  }

  Set<Said> verdicts() {
    Set<Said> all = new HashSet<>();
    TreeSet<Long> discoveries = states.discoveries(check, from);
    Map<RecordKey, TreeMap<Long, Boolean>> touched = states.touches(check, from);
    swept.forEach(
        (root, times) ->
            times.forEach(
                time -> touched.computeIfAbsent(root, _ -> new TreeMap<>()).put(time, true)));
    touched.forEach((root, touches) -> new Life(root, touches, discoveries).live(all));
    return all;
  }

  /** All that is said of one root, in the order of time. */
  private final class Life {
    private final RecordKey root;
    private final TreeMap<Long, Boolean> touches;
    private final TreeSet<Long> discoveries;
    private final TreeSet<Long> updates;
    private final TreeMap<Long, Long> asked = new TreeMap<>();
    private final TreeMap<Long, Long> healings = new TreeMap<>();
    private final TreeMap<Long, Long> lulls = new TreeMap<>();
    private final TreeSet<Long> burst = new TreeSet<>();
    private Optional<Said> last = Optional.empty();
    private boolean failing;

    /**
     * @param touches the times of the updates of the root's view, and whether they trigger
     * @param discoveries when its tables became known, which may be an update of any root
     */
    Life(RecordKey root, TreeMap<Long, Boolean> touches, TreeSet<Long> discoveries) {
      this.root = root;
      this.touches = touches;
      this.discoveries = discoveries;
      this.updates = new TreeSet<>(touches.keySet());
      updates.addAll(discoveries);
    }

    void live(Set<Said> all) {
      TreeSet<Long> times = new TreeSet<>(updates);
      while (!times.isEmpty()) {
        long time = times.removeFirst();
        if (updates.contains(time)) {
          update(time, all);
        }
        if (lulls.containsKey(time)) {
          counts(lulls.get(time), time, all);
        }
        times.addAll(lulls.tailMap(time, false).keySet());
        times.addAll(asked.tailMap(time, false).keySet());
        times.addAll(healings.tailMap(time, false).keySet());
        judge(time, all);
      }
    }

    private void update(long time, Set<Said> all) {
      boolean isInDoubt = last.filter(said -> said.outcome().equals("Inconclusive")).isPresent();
      if (touches.getOrDefault(time, false) || (discoveries.contains(time) && isInDoubt)) {
        if (check.strategy() instanceof Debounced(_, Duration quiet, Duration atMost)) {
          joinBurst(time, micros(quiet), micros(atMost));
        } else {
          counts(time, time, all);
        }
      }
      if (failing) {
        healings.put(time + settle(), time);
      }
    }

    /** The last of a burst counts when it is over, or when it takes too long. */
    private void joinBurst(long time, long quiet, long atMost) {
      if (!burst.isEmpty() && time - burst.last() <= quiet) {
        if (time - burst.first() > atMost) {
          burst.clear();
        } else {
          lulls.remove(burst.last() + quiet);
        }
      } else {
        burst.clear();
      }
      burst.add(time);
      lulls.put(time + quiet, time);
    }

    /**
     * @param at the time that the strategy is asked for
     */
    private void counts(long trigger, long at, Set<Said> all) {
      Optional<List<Long>> cuts = cuts(root, at, updates);
      // The earliest trigger that asks for a cut is the one it is told for.
      cuts.ifPresent(some -> some.forEach(cut -> asked.putIfAbsent(cut, trigger)));
      if (cuts.isEmpty()) {
        say(new Said(root, at, at, "Errored"), all);
      }
    }

    /** While the data fail, every update is judged once more, when it has settled. */
    private void judge(long cut, Set<Said> all) {
      Optional<Long> trigger =
          Optional.ofNullable(asked.get(cut))
              .or(() -> Optional.ofNullable(healings.get(cut)).filter(_ -> failing));
      if (trigger.isPresent() && !isRepeated(cut)) {
        say(new Said(root, trigger.get(), cut, states.outcome(check, root, cut)), all);
      }
    }

    /** Cuts with no update between them are one judgement, if the first of them told something. */
    private boolean isRepeated(long cut) {
      return check.strategy() instanceof WhenFresh
          && last.filter(ReferenceModel::tells)
              .filter(said -> updates.subSet(said.cut(), false, cut, true).isEmpty())
              .isPresent();
    }

    private void say(Said said, Set<Said> all) {
      all.add(said);
      last = Optional.of(said);
      failing =
          said.outcome().startsWith("Failed") || (failing && !said.outcome().equals("Passed"));
    }
  }

  private long settle() {
    return check.strategy() instanceof WhenFresh(Duration settle) ? micros(settle) : SETTLE;
  }

  private static boolean tells(Said said) {
    return !said.outcome.startsWith("Inconclusive") && !said.outcome.startsWith("Errored");
  }

  /** The cuts of one trigger that counts; none where the strategy failed. */
  private Optional<List<Long>> cuts(RecordKey root, long at, TreeSet<Long> updates) {
    return switch (check.strategy().ofTrigger()) {
      case OneCut one -> Optional.of(List.of(at + micros(one.delay())));
      case AtEach(List<OneCut> parts) ->
          Optional.of(parts.stream().map(part -> at + micros(part.delay())).toList());
      case EventuallyWithin(Duration within) ->
          Optional.of(List.of(firstPass(root, at, at + micros(within), updates)));
      case Custom<?> custom -> states.plan(check, custom, root, at);
    };
  }

  private long firstPass(RecordKey root, long trigger, long end, TreeSet<Long> updates) {
    TreeSet<Long> looks = new TreeSet<>(updates.subSet(trigger, true, end, true));
    looks.add(trigger);
    for (long cut : looks) {
      if (states.outcome(check, root, cut).equals("Passed")) {
        return cut;
      }
    }
    return end;
  }

  static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }
}
