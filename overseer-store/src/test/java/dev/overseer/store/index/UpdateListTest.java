package dev.overseer.store.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordAggregator.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UpdateListTest {

  private static IndexedUpdate update(int i) {
    Operation[] operations = Operation.values();
    Role[] roles = Role.values();
    return new IndexedUpdate(
        new EffectiveTime(i - 5),
        new LogOffset(2L * i),
        new LogOffset(2L * i + 1),
        operations[i % operations.length],
        roles[i / operations.length % roles.length]);
  }

  private static List<IndexedUpdate> updates(int count) {
    return IntStream.range(0, count).mapToObj(UpdateListTest::update).toList();
  }

  @Test
  void it_holds_what_it_was_given() {
    assertThat(UpdateList.of(updates(100))).isEqualTo(updates(100));
    assertThat(UpdateList.of(List.of())).isEmpty();
  }

  @Test
  void who_holds_a_shorter_one_goes_on_seeing_that() {
    UpdateList list = UpdateList.of(List.of());
    List<UpdateList> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(list);
      list = list.with(update(i));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(all.get(i)).isEqualTo(updates(i));
    }
  }

  @Test
  void a_part_is_of_the_same() {
    UpdateList part = UpdateList.of(updates(100)).subList(10, 90).subList(5, 20);
    assertThat(part).isEqualTo(updates(100).subList(15, 30));
    assertThatThrownBy(() -> part.get(15)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> part.subList(3, 16)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
