package dev.overseer.runner.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.keyvalue.Space;
import dev.overseer.store.keyvalue.WriteBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneTest {
  private static final Space SPACE = new Space("lane");
  private static final byte[] PREFIX = {7};

  private record Numbered(int number, int sum) {}

  private static final Lane.Form<Numbered> FORM =
      new Lane.Form<>(
          item -> ByteBuffer.allocate(5).put(PREFIX).putInt(item.number()).array(),
          item -> ByteBuffer.allocate(4).putInt(item.sum()).array(),
          (key, value) ->
              new Numbered(ByteBuffer.wrap(key).getInt(1), ByteBuffer.wrap(value).getInt()),
          (one, other) -> new Numbered(one.number(), one.sum() + other.sum()));

  private MemoryStore store = new MemoryStore(Durability.WRITTEN, List.of(SPACE));
  private Lane<Numbered> lane = open(8);

  private Lane<Numbered> open(int nearMax) {
    return new Lane<>(store, SPACE, PREFIX, FORM, nearMax, OptionalLong.empty());
  }

  private void checkpoint() {
    WriteBatch batch = new WriteBatch();
    lane.stage(batch);
    store.write(batch);
    lane.saved();
  }

  private List<Numbered> drained() {
    List<Numbered> all = new ArrayList<>();
    for (Numbered first = lane.first(); first != null; first = lane.first()) {
      all.add(first);
      lane.removeFirst();
    }
    return all;
  }

  @Test
  void what_comes_and_goes_between_checkpoints_is_never_written() {
    lane.put(new Numbered(1, 1));
    lane.put(new Numbered(2, 1));
    lane.removeFirst();
    lane.remove(new Numbered(2, 0));
    WriteBatch batch = new WriteBatch();

    lane.stage(batch);

    assertThat(batch.isEmpty()).isTrue();
  }

  @Test
  void however_many_come_and_go_between_checkpoints_only_those_that_stay_count() {
    for (int i = 0; i < 20_000; i++) {
      lane.put(new Numbered(i, 1));
      lane.put(new Numbered(20_000 + i, 1));
      lane.removeFirst();
    }

    assertThat(lane.unsavedCount()).isEqualTo(20_000);
    checkpoint();
    lane = open(8);
    assertThat(drained())
        .extracting(Numbered::number)
        .isEqualTo(IntStream.range(20_000, 40_000).boxed().toList());
  }

  @Test
  void items_beyond_memory_come_back_in_order_with_those_put_since() {
    for (int i = 0; i < 100; i += 2) {
      lane.put(new Numbered(i, 1));
    }
    checkpoint();
    for (int i = 1; i < 100; i += 2) {
      lane.put(new Numbered(i, 1));
    }

    assertThat(lane.size()).isEqualTo(100);
    assertThat(drained()).extracting(Numbered::number).isSorted().hasSize(100);
  }

  @Test
  void an_item_that_is_in_the_store_only_is_merged_with_a_later_one() {
    for (int i = 0; i < 20; i++) {
      lane.put(new Numbered(i, 1));
    }
    checkpoint();

    lane.put(new Numbered(19, 5));

    assertThat(lane.size()).isEqualTo(20);
    assertThat(drained().getLast()).isEqualTo(new Numbered(19, 6));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void a_lane_behaves_as_a_sorted_map_through_checkpoints_and_crashes(long seed) {
    Random random = new Random(seed);
    TreeMap<Integer, Integer> model = new TreeMap<>();
    TreeMap<Integer, Integer> saved = new TreeMap<>();
    for (int step = 0; step < 5_000; step++) {
      int number = random.nextInt(300);
      switch (random.nextInt(20)) {
        case 0 -> {
          checkpoint();
          saved = new TreeMap<>(model);
        }
        case 1 -> {
          if (random.nextInt(10) == 0) {
            store = store.afterCrash();
            lane = open(1 + random.nextInt(20));
            model = new TreeMap<>(saved);
          }
        }
        case 2, 3, 4, 5, 6 -> {
          lane.first();
          lane.removeFirst();
          model.pollFirstEntry();
        }
        case 7, 8 -> {
          if (model.remove(number) != null) {
            lane.remove(new Numbered(number, 0));
          }
        }
        default -> {
          lane.put(new Numbered(number, step));
          model.merge(number, step, Integer::sum);
        }
      }
      assertThat(lane.size()).as("seed %d step %d", seed, step).isEqualTo(model.size());
      Map.Entry<Integer, Integer> first = model.firstEntry();
      assertThat(lane.first())
          .as("seed %d step %d", seed, step)
          .isEqualTo(first == null ? null : new Numbered(first.getKey(), first.getValue()));
    }
    assertThat(drained())
        .extracting(Numbered::number)
        .as("seed %d", seed)
        .containsExactlyElementsOf(model.keySet());
  }
}
