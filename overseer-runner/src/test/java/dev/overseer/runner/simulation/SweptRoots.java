package dev.overseer.runner.simulation;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.ActiveCheck;
import dev.overseer.runner.SmallExchange;
import dev.overseer.runner.journal.JournalEntry.OfSweep;
import dev.overseer.runner.journal.JournalEntry.SweepBegun;
import dev.overseer.runner.journal.JournalEntry.SweepEnded;
import dev.overseer.runner.journal.JournalEntry.SweepWent;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What one check's sweep has triggered. Of roots whose views are updated meanwhile it depends on
 * when the sweep came by; all others are triggered if there is anything to be judged of them.
 */
final class SweptRoots {
  private final ActiveCheck active;
  private final ReferenceStates states;
  private Optional<Set<RecordKey>> underWay = Optional.empty();
  private EffectiveTime last = EffectiveTime.MIN;

  SweptRoots(ActiveCheck active, ReferenceStates states) {
    this.active = active;
    this.states = states;
  }

  void hold(OfSweep entry) {
    switch (entry) {
      case SweepBegun _ -> underWay = Optional.of(new TreeSet<>());
      case SweepWent went -> {
        underWay.ifPresent(triggered -> triggered.addAll(went.roots()));
        last = went.trigger();
      }
      case SweepEnded ended -> {
        if (ended.by().isEmpty() && ended.definition().equals(active.definition())) {
          underWay.ifPresent(this::requireAll);
        }
        underWay = Optional.empty();
      }
    }
  }

  private void requireAll(Set<RecordKey> triggered) {
    long from = active.from().micros();
    Set<RecordKey> touched = states.touches(active.check(), from).keySet();
    roots()
        .filter(root -> !touched.contains(root))
        .filter(root -> isToBeJudged(root, from) && isToBeJudged(root, last.micros()))
        .forEach(
            root ->
                Invariant.SWEPT.require(
                    triggered.contains(root),
                    () -> active.check().name() + " did not sweep " + root));
  }

  private Stream<RecordKey> roots() {
    ModelName model = SmallExchange.DEFINITIONS.view(active.check().view()).root();
    return IntStream.rangeClosed(1, SimulatedWorld.KEYS_MAX)
        .mapToObj(id -> RecordKey.of(model, Integer.toString(id)));
  }

  private boolean isToBeJudged(RecordKey root, long cut) {
    String outcome = states.outcome(active.check(), root, cut);
    return !outcome.equals("NotApplicable") && !outcome.equals("Inconclusive");
  }
}
