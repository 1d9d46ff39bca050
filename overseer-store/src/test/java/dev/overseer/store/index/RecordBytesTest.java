package dev.overseer.store.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.InvalidRequest;
import dev.overseer.store.log.ByteWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RecordBytesTest {
  private static final int MODEL = 1_234;
  private static final String SMALL = new UUID(0, 0).toString();
  private static final String LARGE = new UUID(-1, -1).toString();

  private final Random random = new Random(1);

  @Test
  void a_record_is_told_again() {
    for (List<String> values : samples()) {
      byte[] record = RecordBytes.write(MODEL, values);
      assertThat(RecordBytes.valuesOf(record)).isEqualTo(values);
      assertThat(RecordBytes.modelOf(RecordBytes.shapeOf(record))).isEqualTo(MODEL);
    }
  }

  @Test
  void its_values_are_told_again_where_only_its_shape_is_known() {
    for (List<String> values : samples()) {
      byte[] record = RecordBytes.write(MODEL, values);
      ByteWriter elsewhere = new ByteWriter(8);
      RecordBytes.appendValues(elsewhere, record);
      int size = RecordBytes.sizeOf(RecordBytes.shapeOf(record));
      assertThat(RecordBytes.readValues(size, ByteBuffer.wrap(elsewhere.toBytes())))
          .isEqualTo(values);
    }
  }

  @Test
  void no_two_records_have_the_same_bytes_and_none_begins_with_another() {
    List<byte[]> records = new ArrayList<>();
    for (int model : List.of(0, 1, 31, 32, RecordBytes.MODELS_MAX - 1)) {
      samples().forEach(values -> records.add(RecordBytes.write(model, values)));
    }
    records.sort(Arrays::compareUnsigned);
    for (int i = 1; i < records.size(); i++) {
      byte[] before = records.get(i - 1);
      byte[] here = records.get(i);
      int shared = Arrays.mismatch(before, here);
      assertThat(shared).isBetween(0, Math.min(before.length, here.length) - 1);
    }
  }

  @Test
  void keys_that_count_up_are_spread_over_all_groups() {
    Set<Integer> eighths = new HashSet<>();
    Set<Integer> groups = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      byte[] record = RecordBytes.write(MODEL, List.of(new UUID(0x7000_0000L + i, 5).toString()));
      eighths.add((record[0] & 0xFF) >>> 5);
      groups.add(ByteBuffer.wrap(record).getInt());
    }
    assertThat(eighths).hasSize(8);
    assertThat(groups).hasSizeGreaterThan(9_990);
  }

  @Test
  void a_key_of_one_uuid_takes_its_sixteen_bytes_and_a_shape() {
    assertThat(RecordBytes.write(MODEL, List.of(LARGE))).hasSize(18);
  }

  @Test
  void a_key_of_too_many_values_is_refused() {
    assertThatThrownBy(() -> RecordBytes.write(MODEL, Collections.nCopies(32, "x")))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("32 values");
  }

  private List<List<String>> samples() {
    List<List<String>> samples = new ArrayList<>();
    samples.add(List.of("1"));
    samples.add(List.of(""));
    samples.add(List.of("", ""));
    samples.add(List.of(SMALL));
    samples.add(List.of(LARGE));
    samples.add(List.of(LARGE.toUpperCase(Locale.ROOT)));
    samples.add(List.of(SMALL, LARGE));
    samples.add(Collections.nCopies(31, "x"));
    IntStream.range(0, 1_000)
        .forEach(
            _ -> {
              samples.add(List.of(new UUID(random.nextLong(), random.nextLong()).toString()));
              samples.add(List.of(Long.toString(random.nextLong())));
            });
    return samples;
  }
}
