package dev.overseer.bench.log;

import dev.overseer.store.keyvalue.RocksStore;
import java.util.concurrent.locks.LockSupport;

/** Waits for what RocksDB does by itself. */
final class Quiet {
  private static final long PAUSE_NANOS = 1_000_000;
  private static final int LOOKS = 20;

  private Quiet() {}

  /** Until nothing is merged, nor about to be, for twenty looks in a row. */
  static void await(RocksStore store) {
    int quiet = 0;
    while (quiet < LOOKS) {
      quiet = store.isMerging() ? 0 : quiet + 1;
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
