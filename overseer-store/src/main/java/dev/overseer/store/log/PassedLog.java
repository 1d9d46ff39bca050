package dev.overseer.store.log;

import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A log through which a reader is passing: the last changes that it passed are in memory, up to a
 * number of records and of bytes, and all else is in the log itself. It gives what the log gives.
 * Belongs to one thread.
 *
 * <p>A record's place is told by its offset, which are dense: so a look-up costs no search.
 */
public final class PassedLog implements ReadableLog<LogRecord> {
  private final ReadableLog<LogRecord> log;
  private final long bytesMax;
  private final LogRecord.@Nullable Change[] changes;
  private final long[] offsets;
  private final int mask;
  private long forgotten;
  private long bytes;

  /**
   * @param recordsMax how far back it reaches, a power of two
   */
  public PassedLog(ReadableLog<LogRecord> log, int recordsMax, long bytesMax) {
    this.log = log;
    this.bytesMax = bytesMax;
    this.changes = new LogRecord.@Nullable Change[recordsMax];
    this.offsets = new long[recordsMax];
    this.mask = recordsMax - 1;
  }

  /** The reader passed this change. */
  public void pass(LogOffset offset, LogRecord.Change change) {
    long at = offset.value();
    drop((int) at & mask);
    changes[(int) at & mask] = change;
    offsets[(int) at & mask] = at;
    bytes += change.raw().length;
    forgotten = Math.max(forgotten, at - mask);
    while (bytes > bytesMax) {
      forgetFirst();
    }
  }

  private void forgetFirst() {
    int place = (int) forgotten & mask;
    if (offsets[place] <= forgotten) {
      drop(place);
    }
    forgotten++;
  }

  private void drop(int place) {
    LogRecord.Change dropped = changes[place];
    if (dropped != null) {
      bytes -= dropped.raw().length;
      changes[place] = null;
    }
  }

  @Override
  public LogRecord get(LogOffset offset) {
    int place = (int) offset.value() & mask;
    LogRecord.Change passed = changes[place];
    return passed != null && offsets[place] == offset.value() ? passed : log.get(offset);
  }

  @Override
  public UUID identity() {
    return log.identity();
  }

  @Override
  public LogOffset end() {
    return log.end();
  }

  @Override
  public LogReader<LogRecord> reader(LogOffset from) {
    return log.reader(from);
  }

  /** The log is not ours to close. */
  @Override
  public void close() {}
}
