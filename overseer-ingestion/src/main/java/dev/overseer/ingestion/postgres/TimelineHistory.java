package dev.overseer.ingestion.postgres;

import dev.overseer.ingestion.Ancestor;
import dev.overseer.model.Incarnation;
import dev.overseer.model.Lsn;
import java.util.List;

/**
 * A server's timeline history file: on each line the number of a timeline, the position at which it
 * was left, and a remark; and comments, which begin with {@code #}.
 */
final class TimelineHistory {
  private TimelineHistory() {}

  static List<Ancestor> parse(String system, String content) {
    return content
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(line -> line.split("\\s+", 3))
        .filter(fields -> fields.length >= 2)
        .map(
            fields ->
                new Ancestor(
                    new Incarnation(system, Long.parseLong(fields[0])), Lsn.parse(fields[1])))
        .toList();
  }
}
