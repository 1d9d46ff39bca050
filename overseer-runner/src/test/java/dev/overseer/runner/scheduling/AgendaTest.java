package dev.overseer.runner.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.scheduling.AgendaItem.Judge;
import dev.overseer.runner.scheduling.AgendaItem.Lull;
import dev.overseer.runner.scheduling.AgendaItem.Select;
import dev.overseer.runner.scheduling.AgendaItem.Touch;
import dev.overseer.runner.scheduling.AgendaItem.Waiting;
import dev.overseer.runner.scheduling.AgendaItem.Why;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.keyvalue.WriteBatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgendaTest {
  private static final int COURSE = 3;
  private static final byte[] COUNTS = {0, 0, 0, COURSE, 8};
  private static final Waiting WAITING = new Waiting(0, false);

  private final MemoryStore store = new MemoryStore(Durability.WRITTEN, List.of(Agenda.SPACE));
  private final Random random = new Random(1);

  private Agenda open(boolean delayVaries) {
    return new Agenda(store, COURSE, delayVaries, 5);
  }

  private void checkpoint(Agenda agenda) {
    WriteBatch batch = new WriteBatch();
    agenda.stage(batch);
    store.write(batch);
    agenda.saved();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void what_a_checkpoint_says_of_how_many_there_are_is_what_counting_them_says(
      boolean delayVaries) {
    for (int round = 0; round < 30; round++) {
      Agenda agenda = open(delayVaries);
      for (int i = random.nextInt(20); i > 0; i--) {
        agenda.add(anything());
      }
      for (int i = random.nextInt(12); i > 0; i--) {
        Optional.ofNullable(agenda.firstBefore(EffectiveTime.MAX)).ifPresent(agenda::removeFirst);
      }
      checkpoint(agenda);
      long told = open(delayVaries).size();
      store.write(new WriteBatch().delete(Agenda.SPACE, COUNTS));

      assertThat(told).as("round %d", round).isEqualTo(open(delayVaries).size());
      assertThat(told).isEqualTo(agenda.size());
    }
  }

  @Test
  void a_trigger_is_due_at_its_cut_whether_or_not_it_waits_for_its_lull() {
    ExecutionStrategy strategy =
        ExecutionStrategy.after(Duration.ofSeconds(2)).debounced(Duration.ofSeconds(3));
    RecordKey root = RecordKey.of(new ModelName("withdrawal"), "4711");
    EffectiveTime trigger = new EffectiveTime(10_000_000);
    EffectiveTime cut = trigger.plus(Duration.ofSeconds(5));
    EffectiveTime quietAt = trigger.plus(Duration.ofSeconds(3));
    List<AgendaItem> stations =
        List.of(
            new Touch(trigger, root, true, WAITING),
            new Lull(quietAt, root, trigger, false, WAITING),
            new Judge(cut, root, trigger, Why.PLAN, WAITING));

    Agenda agenda = open(false);
    for (AgendaItem station : stations) {
      agenda.add(station);
      assertThat(agenda.countDueBefore(cut, strategy)).as("%s", station).isZero();
      assertThat(agenda.countDueBefore(cut.next(), strategy)).as("%s", station).isOne();
      agenda.removeFirst(station);
    }
  }

  private AgendaItem anything() {
    EffectiveTime at = new EffectiveTime(random.nextInt(50));
    RecordKey root = RecordKey.of(new ModelName("withdrawal"), "w" + random.nextInt(5));
    return switch (random.nextInt(4)) {
      case 0 -> new Select(at, "withdrawal", root, Optional.empty(), true, WAITING);
      case 1 -> new Touch(at, root, true, WAITING);
      case 2 -> new Judge(at, root, at.previous(), Why.PLAN, WAITING);
      default -> new Judge(at, root, at.previous(), Why.HEALING, WAITING);
    };
  }
}
