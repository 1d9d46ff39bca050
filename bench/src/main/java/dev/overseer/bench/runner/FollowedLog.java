package dev.overseer.bench.runner;

import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import java.util.UUID;

/** The update log as the runner has it, which tells how far its reader has come. */
final class FollowedLog implements ReadableLog<LogRecord> {
  private final ReadableLog<LogRecord> log;
  private volatile long read;

  FollowedLog(ReadableLog<LogRecord> log) {
    this.log = log;
  }

  /** The offset of the last record that a reader came to. */
  long read() {
    return read;
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
  public LogRecord get(LogOffset offset) {
    return log.get(offset);
  }

  @Override
  public LogReader<LogRecord> reader(LogOffset from) {
    LogReader<LogRecord> reader = log.reader(from);
    return new LogReader<>() {
      @Override
      public boolean next() {
        boolean moved = reader.next();
        if (moved) {
          read = reader.offset().value();
        }
        return moved;
      }

      @Override
      public LogRecord record() {
        return reader.record();
      }

      @Override
      public LogOffset offset() {
        return reader.offset();
      }

      @Override
      public void close() {
        reader.close();
      }
    };
  }

  @Override
  public void close() {
    // It is not ours to close.
  }
}
