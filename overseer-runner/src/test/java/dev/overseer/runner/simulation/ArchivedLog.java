package dev.overseer.runner.simulation;

import dev.overseer.model.LogOffset;
import dev.overseer.store.log.AppendLog;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.MemoryLog;
import java.util.List;
import java.util.UUID;

/** A log on a disk that may be lost, and in a bucket that has it up to some offset. */
final class ArchivedLog<R> implements AppendLog<R> {
  private final MemoryLog<R> log;
  private LogOffset archived;

  private ArchivedLog(MemoryLog<R> log, LogOffset archived) {
    this.log = log;
    this.archived = archived;
  }

  static <R> ArchivedLog<R> empty(UUID identity) {
    return new ArchivedLog<>(new MemoryLog<>(identity), LogOffset.ZERO);
  }

  /** The bucket takes all that is durable. */
  void archive() {
    archived = log.end();
  }

  ArchivedLog<R> afterCrash() {
    return new ArchivedLog<>(log.afterCrash(), archived);
  }

  /** As another machine finds it. */
  ArchivedLog<R> fromBucket() {
    MemoryLog<R> restored = new MemoryLog<>(log.identity());
    try (LogReader<R> reader = log.reader(LogOffset.ZERO)) {
      while (restored.appended().compareTo(archived) < 0 && reader.next()) {
        restored.append(reader.record());
      }
    }
    restored.sync();
    return new ArchivedLog<>(restored, archived);
  }

  @Override
  public UUID identity() {
    return log.identity();
  }

  @Override
  public LogOffset append(R record) {
    return log.append(record);
  }

  @Override
  public LogOffset appendTogether(List<R> records) {
    return log.appendTogether(records);
  }

  @Override
  public LogOffset sync() {
    return log.sync();
  }

  @Override
  public LogOffset end() {
    return log.end();
  }

  @Override
  public LogOffset appended() {
    return log.appended();
  }

  @Override
  public R get(LogOffset offset) {
    return log.get(offset);
  }

  @Override
  public LogOffset safe() {
    return archived;
  }

  @Override
  public boolean hasRoom() {
    return true;
  }

  @Override
  public LogReader<R> reader(LogOffset from) {
    return log.reader(from);
  }

  @Override
  public void close() {
    log.close();
  }
}
