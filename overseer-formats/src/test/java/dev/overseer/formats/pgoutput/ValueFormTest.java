package dev.overseer.formats.pgoutput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.Value;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueFormTest {
  private static final int NUMERIC = 1700;
  private static final int FLOAT8 = 701;
  private static final int TIMESTAMPTZ = 1184;
  private static final int BYTEA = 17;
  private static final int BOOL = 16;

  @ParameterizedTest
  @ValueSource(strings = {"1.10", "0", "-0.000000000000000001", "123456789012345678901234567890.5"})
  void a_number_keeps_every_digit_and_its_scale(String text) {
    assertThat(read(NUMERIC, text)).isEqualTo(new Value.Number(new BigDecimal(text)));
    assertThat(((Value.Number) read(NUMERIC, text)).value().toPlainString()).isEqualTo(text);
  }

  @Test
  void a_float_keeps_its_shortest_text() {
    assertThat(read(FLOAT8, "0.1")).isEqualTo(new Value.Number(new BigDecimal("0.1")));
    assertThat(read(FLOAT8, "1e+20")).isEqualTo(new Value.Number(new BigDecimal("1e+20")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "", "1,5"})
  void what_is_no_number_stays_text(String text) {
    assertThat(read(NUMERIC, text)).isEqualTo(new Value.Text(text));
    assertThat(read(FLOAT8, text)).isEqualTo(new Value.Text(text));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02 03:04:05+00, 2026-01-02T03:04:05Z",
    "2026-01-02 03:04:05.1+00, 2026-01-02T03:04:05.100Z",
    "2026-01-02 03:04:05.123456+05:30, 2026-01-01T21:34:05.123456Z",
    "1883-11-18 12:03:57-04:56:02, 1883-11-18T16:59:59Z",
    "0001-12-31 00:00:00+00 BC, 0000-12-31T00:00:00Z",
    "0044-03-15 12:00:00+00 BC, -0043-03-15T12:00:00Z",
    "12026-01-02 03:04:05+00, +12026-01-02T03:04:05Z",
    "294276-12-31 23:59:59.999999+00, +294276-12-31T23:59:59.999999Z"
  })
  void a_time_is_read_with_its_offset_and_era(String text, Instant expected) {
    assertThat(read(TIMESTAMPTZ, text)).isEqualTo(new Value.Time(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"infinity", "-infinity", "02/01/2026 03:04:05 CET", "2026-02-30 00:00:00+00", ""})
  void what_is_no_time_stays_text(String text) {
    assertThat(read(TIMESTAMPTZ, text)).isEqualTo(new Value.Text(text));
  }

  @Test
  void a_local_time_stays_text_for_it_names_no_moment() {
    assertThat(read(1114, "2026-01-02 03:04:05")).isEqualTo(new Value.Text("2026-01-02 03:04:05"));
  }

  @Test
  void bytes_are_read_from_hexadecimal() {
    assertThat(read(BYTEA, "\\xdeadBEEF"))
        .isInstanceOfSatisfying(
            Value.Bytes.class,
            bytes -> assertThat(bytes.value()).containsExactly(0xde, 0xad, 0xbe, 0xef));
    assertThat(read(BYTEA, "\\xzz")).isEqualTo(new Value.Text("\\xzz"));
    assertThat(read(BYTEA, "\\000")).isEqualTo(new Value.Text("\\000"));
  }

  @Test
  void truth_is_read_from_its_letter() {
    assertThat(read(BOOL, "t")).isEqualTo(new Value.Bool(true));
    assertThat(read(BOOL, "f")).isEqualTo(new Value.Bool(false));
  }

  private static Value read(int type, String text) {
    return ValueForm.ofType(type).read(text);
  }
}
