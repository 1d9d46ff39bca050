package dev.overseer.server.commands;

import dev.overseer.server.reading.Range;
import picocli.CommandLine.Option;

/** Which of a record's updates. */
final class RangeOptions {
  @Option(
      names = "--limit",
      paramLabel = "UPDATES",
      defaultValue = "" + Range.LIMIT_DEFAULT,
      description = "How many at most, the last ones. Default: ${DEFAULT-VALUE}.")
  int limit = Range.LIMIT_DEFAULT;

  @Option(
      names = "--offset",
      paramLabel = "UPDATES",
      defaultValue = "0",
      description = "How many of the last ones to leave out.")
  int offset;

  Range range() {
    return new Range(offset, limit);
  }

  /** Says so where there are more than are shown. */
  String shown(int items, int total) {
    return items == total
        ? ""
        : "%d to %d of %d updates, counted from the last.%n"
            .formatted(offset + 1, offset + items, total);
  }
}
