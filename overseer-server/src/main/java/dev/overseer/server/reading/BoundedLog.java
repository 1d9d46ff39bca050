package dev.overseer.server.reading;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/**
 * The update log for one reading, which may take no more than so much time and memory. Belongs to
 * one thread.
 */
final class BoundedLog implements ReadableLog<LogRecord> {
  static final Duration TIME_MAX = Duration.ofSeconds(10);
  static final long BYTES_MAX = 64 << 20;

  private final ReadableLog<LogRecord> log;
  private final InstantSource clock;
  private final Instant end;
  private long bytes;

  BoundedLog(ReadableLog<LogRecord> log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
    this.end = clock.instant().plus(TIME_MAX);
  }

  @Override
  public LogRecord get(LogOffset offset) {
    LogRecord record = log.get(offset);
    bytes += size(record);
    if (bytes > BYTES_MAX) {
      throw new InvalidRequest(
          "One reading takes at most %d MiB of updates, and this one takes more: ask for fewer of them, or for a narrower view"
              .formatted(BYTES_MAX >> 20));
    }
    if (clock.instant().isAfter(end)) {
      throw new InvalidRequest(
          "One reading takes at most %d s, and this one takes longer: ask for fewer updates, or for a narrower view"
              .formatted(TIME_MAX.toSeconds()));
    }
    return record;
  }

  private static long size(LogRecord record) {
    return switch (record) {
      case LogRecord.Change change -> change.raw().length;
      case LogRecord.DeadLetter letter -> letter.raw().length;
      case LogRecord.Schema schema -> schema.bytes().length;
      case LogRecord.SourceOpened _,
          LogRecord.Forked _,
          LogRecord.Commit _,
          LogRecord.Expired _,
          LogRecord.Horizon _,
          LogRecord.Mark _,
          LogRecord.TableReading _,
          LogRecord.TableKnown _,
          LogRecord.TableUnknown _ ->
          0;
    };
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
