package dev.overseer.ingestion.postgres;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * COPY's text format: values separated by tabs, with backslash escapes, and {@code \N} for null.
 */
final class CopyText {
  private CopyText() {}

  /**
   * @param line one row as COPY sends it, with the line feed at its end
   */
  static List<@Nullable String> values(byte[] line) {
    List<@Nullable String> values = new ArrayList<>();
    int end = line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
    int start = 0;
    for (int i = 0; i <= end; i++) {
      if (i == end || line[i] == '\t') {
        values.add(value(line, start, i));
        start = i + 1;
      }
    }
    return values;
  }

  private static @Nullable String value(byte[] line, int from, int to) {
    if (to - from == 2 && line[from] == '\\' && line[from + 1] == 'N') {
      return null;
    }
    byte[] text = new byte[to - from];
    int length = 0;
    for (int i = from; i < to; i++) {
      text[length++] = line[i] == '\\' ? unescaped(line[++i]) : line[i];
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }

  private static byte unescaped(byte escaped) {
    return switch (escaped) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      default -> escaped;
    };
  }
}
