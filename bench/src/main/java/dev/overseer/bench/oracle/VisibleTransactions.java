package dev.overseer.bench.oracle;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which transactions a snapshot of Postgres sees, if they committed: {@code xmin:xmax:xip,...}.
 *
 * @param before from here on none is seen
 * @param running when it was taken, and so not seen
 */
record VisibleTransactions(long before, Set<Long> running) {

  /** What {@code pg_current_snapshot()} gives. */
  static VisibleTransactions parse(String snapshot) {
    String[] parts = snapshot.split(":", -1);
    return new VisibleTransactions(
        Long.parseLong(parts[1]),
        Arrays.stream(parts[2].split(",", -1))
            .filter(id -> !id.isEmpty())
            .map(Long::valueOf)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Rows that were there before the log was followed came with no transaction of their own: 0. */
  boolean sees(long xid) {
    return xid < before && !running.contains(xid);
  }
}
