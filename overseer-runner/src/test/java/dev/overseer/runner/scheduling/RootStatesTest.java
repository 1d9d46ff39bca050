package dev.overseer.runner.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.checks.Outcome;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.keyvalue.WriteBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class RootStatesTest {
  private static final RecordKey ROOT = RecordKey.of(new ModelName("withdrawal"), "42");
  private final MemoryStore store = new MemoryStore(Durability.WRITTEN, List.of(RootStates.SPACE));
  private RootStates roots = new RootStates(store, 1);

  private void checkpoint() {
    WriteBatch batch = new WriteBatch();
    roots.stage(batch);
    store.write(batch);
    roots.saved();
  }

  private void reopen() {
    roots = new RootStates(store, 1);
  }

  @Test
  void a_root_that_passes_leaves_nothing_behind() {
    roots.tell(ROOT, Outcome.failed("wrong", "It is wrong"));
    checkpoint();
    roots.tell(ROOT, Outcome.passed());
    checkpoint();
    reopen();

    assertThat(roots.find(ROOT)).isNull();
    assertThat(roots.failing()).isZero();
    assertThat(roots.anyWatched()).isFalse();
  }

  @Test
  void open_windows_and_failures_survive_a_checkpoint_and_are_counted() {
    roots.tell(ROOT, Outcome.failed("wrong", "It is wrong"));
    roots.tell(ROOT, new Outcome.Errored("It threw"));
    for (long t = 1; t <= 5; t++) {
      roots.openWindow(ROOT, new EffectiveTime(t));
    }
    assertThat(roots.closeFirstWindow(ROOT)).isEqualTo(new EffectiveTime(1));
    checkpoint();
    reopen();

    assertThat(roots.isFailing(ROOT)).isTrue();
    assertThat(roots.errored()).isEqualTo(1);
    assertThat(roots.failing()).isEqualTo(1);
    assertThat(roots.anyWatched()).isTrue();
    for (long t = 2; t <= 5; t++) {
      assertThat(roots.closeFirstWindow(ROOT)).isEqualTo(new EffectiveTime(t));
    }
    assertThat(roots.hasWindows(ROOT)).isFalse();
  }

  @Test
  void what_was_not_told_leaves_the_data_state_as_it_was() {
    roots.tell(ROOT, Outcome.failed("wrong", "It is wrong"));
    roots.tell(ROOT, Outcome.inconclusive("not known"));
    roots.tell(ROOT, Outcome.notApplicable("gone"));

    assertThat(roots.isFailing(ROOT)).isTrue();
    assertThat(roots.inconclusive()).isZero();
  }

  @Test
  void a_root_of_another_course_is_another_root() {
    roots.tell(ROOT, Outcome.failed("wrong", "It is wrong"));
    checkpoint();

    assertThat(new RootStates(store, 2).isFailing(ROOT)).isFalse();
  }
}
