package dev.overseer.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.store.log.ByteWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyTextTest {
  private static final List<String> TEXTS =
      List.of(
          "",
          "42",
          "\0",
          "\0\1",
          "a\0b",
          "a",
          "\u00e9\ud83d\ude00",
          "123e4567-e89b-12d3-a456-426614174000",
          "ffffffff-ffff-ffff-ffff-ffffffffffff",
          "123E4567-E89B-12D3-A456-426614174000",
          "123e4567-e89b-12d3-a456-42661417400g",
          "123e4567-e89b-12d3-a456_426614174000",
          "123e4567xe89b-12d3-a456-426614174000",
          "000000000000000000000000000000000000",
          "------------------------------------");

  @Test
  void what_is_read_is_what_was_written_whatever_follows() {
    for (String text : TEXTS) {
      ByteWriter writer = new ByteWriter(8);
      KeyText.append(writer, text);
      KeyText.append(writer, "next");
      ByteBuffer buffer = ByteBuffer.wrap(writer.toBytes());

      assertThat(KeyText.read(buffer)).isEqualTo(text);
      assertThat(KeyText.read(buffer)).isEqualTo("next");
      assertThat(buffer.hasRemaining()).isFalse();
    }
  }

  @Test
  void no_text_begins_with_another() {
    for (String one : TEXTS) {
      for (String other : TEXTS) {
        byte[] bytes = bytes(one);
        byte[] beginning = Arrays.copyOf(bytes(other), bytes.length);
        assertThat(Arrays.equals(bytes, beginning)).isEqualTo(one.equals(other));
      }
    }
  }

  private static byte[] bytes(String text) {
    ByteWriter writer = new ByteWriter(8);
    KeyText.append(writer, text);
    return writer.toBytes();
  }
}
