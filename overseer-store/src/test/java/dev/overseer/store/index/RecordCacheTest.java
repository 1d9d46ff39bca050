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

  private final RecordCache<Integer> cache = new RecordCache<>(3);
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
    cache.add(RECORD, 1, _ -> true);
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
                _ -> {
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
    cache.add(RECORD, 1, _ -> true);
    cache.add(RECORD, 2, _ -> true);
    cache.endWrite(written);

    assertThat(get()).containsExactly(1, 2);
    write(3);
    assertThat(get()).containsExactly(1, 2, 3);
  }

  @Test
  void of_a_list_too_long_nothing_is_kept_but_that_it_is() {
    get();
    IntStream.rangeClosed(0, RecordCache.LIST_MAX).forEach(this::write);
    assertThat(cache.get(RECORD, _ -> Optional.of(stored))).isEmpty();

    write(RecordCache.LIST_MAX + 1);
    assertThat(cache.get(RECORD, _ -> Optional.of(stored))).isEmpty();
  }

  @Test
  void the_number_of_records_is_bounded() {
    get();
    for (int i = 0; i < 3; i++) {
      cache.get(RecordKey.of(new ModelName("entry"), "" + i), _ -> Optional.of(List.of()));
    }
    get();

    assertThat(reads).isEqualTo(2);
  }

  private void write(int value) {
    int[] written = cache.beginWrite(List.of(RECORD));
    stored.add(value);
    if (!cache.isEmpty()) {
      cache.add(RECORD, value, kept -> !kept.contains(value));
    }
    cache.endWrite(written);
  }

  private List<Integer> get() {
    return cache
        .get(
            RECORD,
            _ -> {
              reads++;
              return Optional.of(List.copyOf(stored));
            })
        .orElseThrow();
  }
}
