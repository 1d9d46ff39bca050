package dev.overseer.server.commands;

import dev.overseer.server.reading.HistoryAnswer;
import dev.overseer.server.reading.HistoryAnswer.Step;
import dev.overseer.server.reading.RawAnswer;
import dev.overseer.server.reading.RawAnswer.RawUpdate;
import dev.overseer.server.reading.UpdateReading;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;

/** A record's updates for people. */
final class HistoryText {
  private static final int BYTES_IN_LINE = 16;

  private HistoryText() {}

  static String of(HistoryAnswer answer) {
    StringBuilder text = new StringBuilder(answer.record()).append('\n');
    for (Step step : answer.items()) {
      text.append('\n').append(head(step.update()));
      step.reason().ifPresent(why -> text.append("  unreadable: %s%n".formatted(why)));
      Set<String> columns = new LinkedHashSet<>(step.before().keySet());
      columns.addAll(step.after().keySet());
      columns.forEach(column -> text.append("  ").append(change(step, column)));
    }
    return text.append('\n').append(ReadingText.of(answer.standing())).toString();
  }

  private static String change(Step step, String column) {
    if (!step.before().containsKey(column)) {
      return "%s: %s%n".formatted(column, ReadingText.value(step.after().get(column)));
    }
    String before = ReadingText.value(step.before().get(column));
    return step.after().containsKey(column)
        ? "%s: %s -> %s%n".formatted(column, before, ReadingText.value(step.after().get(column)))
        : "%s: %s, and then no more%n".formatted(column, before);
  }

  static String of(RawAnswer answer) {
    StringBuilder text = new StringBuilder(answer.record()).append('\n');
    for (RawUpdate raw : answer.items()) {
      text.append('\n').append(head(raw.update()));
      raw.format()
          .ifPresent(
              format ->
                  text.append(
                      "  %s%s%n"
                          .formatted(
                              format,
                              raw.schema().map(at -> ", read by the schema at " + at).orElse(""))));
      if (!raw.treated().isEmpty()) {
        text.append("  treated: %s%n".formatted(String.join(", ", raw.treated())));
      }
      raw.fault().ifPresent(fault -> text.append("  cannot be read: %s%n".formatted(fault)));
      text.append(dump(Base64.getDecoder().decode(raw.base64())));
    }
    return text.append('\n').append(ReadingText.of(answer.standing())).toString();
  }

  private static String head(UpdateReading update) {
    return "%s  %s  update %d, known at %d, %s%n"
        .formatted(
            update.effectiveTime(),
            update.operation(),
            update.offset(),
            update.known(),
            update.id());
  }

  private static String dump(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < bytes.length; at += BYTES_IN_LINE) {
      int length = Math.min(BYTES_IN_LINE, bytes.length - at);
      StringBuilder line = new StringBuilder("  %06x ".formatted(at));
      for (int i = 0; i < BYTES_IN_LINE; i++) {
        line.append(i < length ? " %02x".formatted(bytes[at + i]) : "   ");
      }
      text.append(line).append("  ").append(printable(bytes, at, length)).append('\n');
    }
    return text.toString();
  }

  private static String printable(byte[] bytes, int at, int length) {
    return new String(bytes, at, length, StandardCharsets.ISO_8859_1)
        .replaceAll("[^\\x20-\\x7e]", ".");
  }
}
