package dev.overseer.server.transcript;

import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the commit that a change belongs to by reading on from there, once for each transaction. So
 * memory does not grow with transactions, and a log is read about twice.
 */
final class CommitSearch {
  private final ReadableLog<LogRecord> log;
  private final Map<SourceName, Found> found = new HashMap<>();

  CommitSearch(ReadableLog<LogRecord> log) {
    this.log = log;
  }

  /** What ends the changes of a source that lie before {@code at}. */
  private record Found(LogOffset at, LogRecord.@Nullable Commit commit) {

    Optional<LogRecord.Commit> of(LogOffset change) {
      return Optional.ofNullable(commit).filter(it -> it.first().compareTo(change) <= 0);
    }
  }

  /**
   * Empty when the change was torn, or its transaction is not whole yet. To be asked in the order
   * of offsets.
   */
  Optional<LogRecord.Commit> of(SourceName source, LogOffset change) {
    Found known = found.get(source);
    if (known == null || known.at().compareTo(change) <= 0) {
      known = search(source, change);
      found.put(source, known);
    }
    return known.of(change);
  }

  private Found search(SourceName source, LogOffset change) {
    try (LogReader<LogRecord> reader = log.reader(change.next())) {
      while (reader.next()) {
        LogRecord record = reader.record();
        if (record.source().equals(source)) {
          switch (record) {
            case LogRecord.Commit commit -> {
              return new Found(reader.offset(), commit);
            }
            case LogRecord.SourceOpened _, LogRecord.Forked _ -> {
              return new Found(reader.offset(), null);
            }
            case LogRecord.Change _,
                LogRecord.DeadLetter _,
                LogRecord.Expired _,
                LogRecord.Horizon _,
                LogRecord.Schema _,
                LogRecord.Mark _,
                LogRecord.TableKnown _,
                LogRecord.TableUnknown _,
                LogRecord.TableReading _ -> {}
          }
        }
      }
    }
    return new Found(LogOffset.MAX, null);
  }
}
