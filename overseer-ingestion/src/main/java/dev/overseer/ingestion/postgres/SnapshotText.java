package dev.overseer.ingestion.postgres;

import dev.overseer.ingestion.Visibility;
import java.util.Arrays;

/** The text of a {@code pg_snapshot}: {@code xmin:xmax:xid,xid,...}. */
final class SnapshotText {
  private SnapshotText() {}

  static Visibility parse(String text) {
    String[] parts = text.split(":", -1);
    long[] inProgress =
        parts[2].isEmpty()
            ? new long[0]
            : Arrays.stream(parts[2].split(",")).mapToLong(Long::parseLong).sorted().toArray();
    return new Visibility(Long.parseLong(parts[0]), Long.parseLong(parts[1]), inProgress);
  }
}
