package dev.overseer.runner.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.checks.Outcome;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.keyvalue.WriteBatch;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RootStatesTest {
  private static final RecordKey ROOT = RecordKey.of(new ModelName("withdrawal"), "42");
  private static final EffectiveTime CUT = new EffectiveTime(100);

  private final MemoryStore store = new MemoryStore(Durability.WRITTEN, List.of(RootStates.SPACE));
  private RootStates roots = new RootStates(store, 1, 100);

  private void checkpoint() {
    WriteBatch batch = new WriteBatch();
    roots.stage(batch);
    store.write(batch);
    roots.saved();
  }

  private void reopen() {
    roots = new RootStates(store, 1, 100);
  }

  @Test
  void a_root_that_passes_leaves_nothing_behind() {
    roots.tell(ROOT, CUT, Outcome.failed("wrong", "It is wrong"));
    checkpoint();
    roots.tell(ROOT, CUT, Outcome.passed());
    checkpoint();
    reopen();

    assertThat(roots.find(ROOT)).isNull();
    assertThat(roots.failing()).isZero();
    assertThat(roots.anyWatched()).isFalse();
  }

  @Test
  void waiting_triggers_and_failures_survive_a_checkpoint_and_are_counted() {
    roots.tell(ROOT, CUT, Outcome.failed("wrong", "It is wrong"));
    roots.tell(ROOT, CUT, new Outcome.Errored("It threw"));
    for (long t = 1; t <= 5; t++) {
      roots.await(ROOT, new EffectiveTime(t));
    }
    assertThat(roots.takeFirstWaiting(ROOT)).isEqualTo(new EffectiveTime(1));
    checkpoint();
    reopen();

    assertThat(roots.isFailing(ROOT)).isTrue();
    assertThat(roots.errored()).isEqualTo(1);
    assertThat(roots.failing()).isEqualTo(1);
    assertThat(roots.anyWatched()).isTrue();
    for (long t = 2; t <= 5; t++) {
      assertThat(roots.takeFirstWaiting(ROOT)).isEqualTo(new EffectiveTime(t));
    }
    assertThat(roots.hasWaiting(ROOT)).isFalse();
  }

  @Test
  void what_was_not_told_leaves_the_data_state_as_it_was() {
    roots.tell(ROOT, CUT, Outcome.failed("wrong", "It is wrong"));
    roots.tell(ROOT, CUT, Outcome.inconclusive("not known"));
    roots.tell(ROOT, CUT, Outcome.notApplicable("gone"));

    assertThat(roots.isFailing(ROOT)).isTrue();
    assertThat(roots.inconclusive()).isZero();
  }

  @Test
  void a_root_of_another_course_is_another_root() {
    roots.tell(ROOT, CUT, Outcome.failed("wrong", "It is wrong"));
    checkpoint();

    assertThat(new RootStates(store, 2, 100).isFailing(ROOT)).isFalse();
  }

  @Test
  void triggers_wait_in_their_order_whatever_the_order_in_which_they_came() {
    for (long t : new long[] {5, 2, 9, 2, 7}) {
      roots.await(ROOT, new EffectiveTime(t));
    }
    checkpoint();
    reopen();

    for (long t : new long[] {2, 5, 7, 9}) {
      assertThat(roots.takeFirstWaiting(ROOT)).isEqualTo(new EffectiveTime(t));
    }
    assertThat(roots.hasWaiting(ROOT)).isFalse();
    assertThat(roots.anyWatched()).isFalse();
  }

  @Test
  void a_root_stays_settled_until_its_view_is_updated() {
    roots.await(ROOT, new EffectiveTime(90));
    roots.await(ROOT, new EffectiveTime(150));
    roots.tell(ROOT, CUT, Outcome.passed());
    checkpoint();
    reopen();

    assertThat(roots.isSettledAt(ROOT, new EffectiveTime(149), EffectiveTime.MIN)).isTrue();
    assertThat(roots.isSettledAt(ROOT, new EffectiveTime(150), EffectiveTime.MIN))
        .as("it is updated then")
        .isFalse();
    roots.touched(ROOT);
    assertThat(roots.isSettledAt(ROOT, new EffectiveTime(149), EffectiveTime.MIN)).isFalse();
  }

  @Test
  void what_was_not_told_settles_nothing() {
    roots.await(ROOT, new EffectiveTime(90));
    roots.tell(ROOT, CUT, Outcome.inconclusive("not known"));

    assertThat(roots.isSettledAt(ROOT, new EffectiveTime(110), EffectiveTime.MIN)).isFalse();
  }

  @Test
  void roots_beyond_those_in_memory_are_found_in_the_store() {
    for (int i = 0; i < 70_000; i++) {
      roots.await(RecordKey.of(new ModelName("withdrawal"), "w" + i), new EffectiveTime(i));
    }
    checkpoint();

    for (int i = 0; i < 70_000; i++) {
      RecordKey root = RecordKey.of(new ModelName("withdrawal"), "w" + i);
      assertThat(roots.hasWaiting(root)).as("%s", root).isTrue();
    }
  }

  @Test
  void all_of_which_something_is_remembered_are_found_a_page_at_a_time_saved_or_not() {
    for (int i = 0; i < 50; i++) {
      roots.tell(root(i), CUT, Outcome.inconclusive("not known"));
    }
    checkpoint();
    for (int i = 0; i < 60; i++) {
      roots.tell(root(i), CUT, i < 10 ? Outcome.passed() : Outcome.inconclusive("not known"));
    }

    Set<RecordKey> found = new HashSet<>();
    Optional<RecordKey> last = Optional.empty();
    do {
      RootStates.RootPage page = roots.remembered(last, 7);
      found.addAll(page.roots());
      last = page.last();
    } while (last.isPresent());
    assertThat(found)
        .isEqualTo(
            IntStream.range(10, 60).mapToObj(RootStatesTest::root).collect(Collectors.toSet()));
  }

  @Test
  void what_a_checkpoint_says_of_how_many_there_are_is_what_counting_them_says() {
    Random random = new Random(1);
    for (int round = 0; round < 30; round++) {
      for (int i = random.nextInt(20); i > 0; i--) {
        changeAnything(root(random.nextInt(8)), random);
      }
      checkpoint();
      reopen();
      List<Long> told = counts();
      store.write(new WriteBatch().delete(RootStates.SPACE, Agenda.prefixOf(1)));
      reopen();

      assertThat(told).as("round %d", round).isEqualTo(counts());
    }
  }

  private void changeAnything(RecordKey root, Random random) {
    switch (random.nextInt(4)) {
      case 0 -> roots.await(root, new EffectiveTime(random.nextInt(100)));
      case 1 -> roots.tell(root, CUT, Outcome.failed("wrong", "It is wrong"));
      case 2 -> roots.tell(root, CUT, new Outcome.Errored("It threw"));
      default -> {
        roots.tell(root, CUT, Outcome.passed());
        while (roots.hasWaiting(root)) {
          roots.takeFirstWaiting(root);
        }
      }
    }
  }

  private List<Long> counts() {
    long remembered = roots.remembered(Optional.empty(), 100).roots().size();
    return List.of(roots.failing(), roots.errored(), roots.anyWatched() ? 1L : 0L, remembered);
  }

  private static RecordKey root(int number) {
    return RecordKey.of(new ModelName("withdrawal"), "w" + number);
  }
}
