package dev.overseer.server.transcript;

import dev.overseer.formats.Formats;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Goes through an update log, and tells what was selected of it. Belongs to one thread. */
public final class LogTelling {
  private final ReadableLog<LogRecord> log;
  private final LogSelection selection;
  private final CommitSearch commits;
  private final ChangeTelling changes;

  /** Takes records as they are told. */
  @FunctionalInterface
  public interface Listener {
    /** Whether more are wanted. */
    boolean told(ToldRecord record);
  }

  /**
   * @param definitions tell the models and keys of changes; may be of no model at all
   */
  public LogTelling(ReadableLog<LogRecord> log, Definitions definitions, LogSelection selection) {
    this.log = log;
    this.selection = selection;
    this.commits = new CommitSearch(log);
    this.changes = new ChangeTelling(log, definitions, Formats.standard());
  }

  /** How many records are to be looked at. */
  public long size() {
    return Math.max(0, end().value() - selection.fromOffset().value());
  }

  /**
   * Tells them in the order of their offsets.
   *
   * @param looked hears how many records were looked at, after each of them
   */
  public void tell(Listener listener, LongConsumer looked) {
    LogOffset end = end();
    try (LogReader<LogRecord> reader = log.reader(selection.fromOffset())) {
      boolean wanted = true;
      for (long count = 1; wanted && reader.next() && reader.offset().compareTo(end) < 0; count++) {
        if (selection.mayHold(reader.record())) {
          ToldRecord told = told(reader.offset(), reader.record());
          wanted = !selection.holds(told) || listener.told(told);
        }
        looked.accept(count);
      }
    }
  }

  private LogOffset end() {
    return log.end().compareTo(selection.toOffset()) < 0 ? log.end() : selection.toOffset();
  }

  private ToldRecord told(LogOffset offset, LogRecord record) {
    return switch (record) {
      case LogRecord.Change change ->
          new ToldRecord(
              offset,
              record,
              commits.of(record.source(), offset),
              Optional.of(changes.tell(change)));
      case LogRecord.DeadLetter _, LogRecord.Expired _ ->
          new ToldRecord(offset, record, commits.of(record.source(), offset), Optional.empty());
      case LogRecord.SourceOpened _,
          LogRecord.Forked _,
          LogRecord.Horizon _,
          LogRecord.Schema _,
          LogRecord.Commit _,
          LogRecord.Mark _,
          LogRecord.TableKnown _,
          LogRecord.TableUnknown _,
          LogRecord.TableReading _ ->
          new ToldRecord(offset, record, Optional.empty(), Optional.empty());
    };
  }
}
