package dev.overseer.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordCacheTest {
  private static final RecordKey RECORD = RecordKey.of(new ModelName("payment"), "1");
  private static final int LIST_MAX = 300;
  private static final int VALUES_MAX = 1000;

  private final RecordCache<List<Integer>> cache =
      new RecordCache<>(new RecordCache.Bounds(3, VALUES_MAX, LIST_MAX));
  private final List<Integer> stored = new ArrayList<>();
  private int reads;

  @Test
  void a_record_is_read_once_and_kept_current() {
    stored.add(1);
    assertThat(get()).containsExactly(1);
    write(2);
    assertThat(get()).containsExactly(1, 2);
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void what_was_read_while_the_record_was_written_is_not_kept() {
    int[] written = cache.beginWrite(List.of(RECORD));
    assertThat(get()).isEmpty();
    stored.add(1);
    cache.add(RECORD, _ -> true, adding(1));
    cache.endWrite(written);

    assertThat(get()).containsExactly(1);
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void what_was_read_before_a_write_and_arrives_after_it_is_not_kept() {
    List<Integer> late =
        cache
            .get(
                RECORD,
                (_, _) -> {
                  Optional<List<Integer>> before = Optional.of(List.copyOf(stored));
                  write(1);
                  return before;
                })
            .orElseThrow();

    assertThat(late).isEmpty();
    assertThat(get()).containsExactly(1);
  }

  @Test
  void a_record_written_twice_at_once_has_both() {
    get();
    int[] written = cache.beginWrite(List.of(RECORD, RECORD));
    stored.addAll(List.of(1, 2));
    cache.add(RECORD, _ -> true, adding(1));
    cache.add(RECORD, _ -> true, adding(2));
    cache.endWrite(written);

    assertThat(get()).containsExactly(1, 2);
    write(3);
    assertThat(get()).containsExactly(1, 2, 3);
  }

  @Test
  void of_a_record_that_begins_with_a_write_nothing_is_read() {
    int[] written = cache.beginWrite(List.of(RECORD));
    stored.add(1);
    cache.addEmpty(RECORD, List.of());
    cache.add(RECORD, _ -> true, adding(1));
    cache.endWrite(written);
    cache.addEmpty(RECORD, List.of());

    assertThat(get()).containsExactly(1);
    assertThat(reads).isZero();
    assertThat(cache.has(RECORD)).isTrue();
    assertThat(cache.isAskedFor(RECORD.model())).isTrue();
  }

  @Test
  void of_a_list_too_long_nothing_is_kept_but_that_it_is() {
    get();
    IntStream.rangeClosed(0, LIST_MAX).forEach(this::write);
    assertThat(find()).isEmpty();

    write(LIST_MAX + 1);
    IntStream.range(0, 100).forEach(_ -> assertThat(find()).isEmpty());
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void a_long_list_is_read_when_it_was_asked_for_often() {
    IntStream.range(0, RecordCache.SHORT_MAX + 1).forEach(stored::add);
    for (int i = 0; i <= RecordCache.ASKED_OFTEN; i++) {
      assertThat(find()).isEmpty();
    }
    assertThat(reads).isEqualTo(1);
    assertThat(find()).contains(stored);
    assertThat(find()).contains(stored);
    assertThat(reads).isEqualTo(2);

    write(1000);
    assertThat(find().orElseThrow()).endsWith(1000).hasSize(RecordCache.SHORT_MAX + 2);
  }

  @Test
  void a_list_that_proves_too_long_is_not_read_again() {
    IntStream.range(0, LIST_MAX + 1).forEach(stored::add);
    IntStream.range(0, 1000).forEach(_ -> assertThat(find()).isEmpty());
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void the_number_of_values_is_bounded() {
    IntStream.range(0, 100).forEach(stored::add);
    get();
    for (int i = 0; i < 2; i++) {
      RecordKey other = RecordKey.of(new ModelName("entry"), "" + i);
      List<Integer> many = IntStream.range(0, VALUES_MAX / 2 - 20).boxed().toList();
      cache.get(other, (_, _) -> Optional.of(many));
    }
    get();
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void the_number_of_records_is_bounded() {
    get();
    for (int i = 0; i < 3; i++) {
      cache.get(RecordKey.of(new ModelName("entry"), "" + i), (_, _) -> Optional.of(List.of()));
    }
    get();

    assertThat(reads).isEqualTo(2);
  }

  private void write(int value) {
    int[] written = cache.beginWrite(List.of(RECORD));
    stored.add(value);
    if (cache.isAskedFor(RECORD.model())) {
      cache.add(RECORD, kept -> !kept.contains(value), adding(value));
    }
    cache.endWrite(written);
  }

  private static RecordCache.Addition<List<Integer>> adding(int value) {
    return list -> {
      List<Integer> longer = new ArrayList<>(list);
      longer.add(value);
      return longer;
    };
  }

  private List<Integer> get() {
    return find().orElseThrow();
  }

  private Optional<List<Integer>> find() {
    return cache.get(
        RECORD,
        (_, max) -> {
          reads++;
          return stored.size() > max ? Optional.empty() : Optional.of(List.copyOf(stored));
        });
  }
}
