package dev.overseer.store.log;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.LogRecord.Change;
import dev.overseer.model.LogRecord.Commit;
import dev.overseer.model.LogRecord.DeadLetter;
import dev.overseer.model.LogRecord.Expired;
import dev.overseer.model.LogRecord.SourceOpened;
import dev.overseer.model.SourceName;
import dev.overseer.store.log.VisibleRecord.Other;
import dev.overseer.store.log.VisibleRecord.Placed;
import dev.overseer.store.log.VisibleRecord.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the update log as transactions, each at its commit record. Changes without a commit, torn
 * by a crash of the process that wrote them, are never shown.
 *
 * <p>It can begin at any offset: it then shows exactly what a reader from the log's beginning shows
 * from that offset on. So a consumer resumes after the last record that it was shown, although
 * changes of later transactions may lie before: those are read again from the commit's {@code
 * first} on. The same is done for a transaction too large to be kept until its commit, whose list
 * of changes then reads them from the log one by one. So memory is bounded, but for eight bytes for
 * each change of such a transaction.
 *
 * <p>A cursor like {@link LogReader}: it never waits, and belongs to one thread.
 */
public final class TransactionReader implements LogReader<VisibleRecord> {
  private static final int KEPT_CHANGES_MAX = 10_000;
  private static final long KEPT_BYTES_MAX = 8 << 20;

  private final ReadableLog<LogRecord> log;
  private final LogReader<LogRecord> reader;
  private final int keptMax;
  private final Map<SourceName, Kept> kept = new HashMap<>();
  private @Nullable VisibleRecord visible;

  public TransactionReader(ReadableLog<LogRecord> log, LogOffset from) {
    this(log, from, KEPT_CHANGES_MAX);
  }

  /**
   * @param keptMax how many changes of a source's transaction are kept until its commit
   */
  public TransactionReader(ReadableLog<LogRecord> log, LogOffset from, int keptMax) {
    this.log = log;
    this.reader = log.reader(from);
    this.keptMax = keptMax;
  }

  /** A source's changes since its last commit, unless there were too many. */
  private static final class Kept {
    private List<Placed> changes = new ArrayList<>();
    private long bytes;

    /** The changes from {@code first} on; whatever lies before was torn. */
    List<Placed> from(LogOffset first) {
      int torn = 0;
      while (torn < changes.size() && changes.get(torn).offset().compareTo(first) < 0) {
        torn++;
      }
      return torn == 0 ? changes : changes.subList(torn, changes.size());
    }
  }

  @Override
  public boolean next() {
    while (reader.next()) {
      LogOffset offset = reader.offset();
      LogRecord record = reader.record();
      switch (record) {
        case Change change -> keep(new Placed(offset, change), change.raw().length);
        case Expired expired -> keep(new Placed(offset, expired), 0);
        case DeadLetter letter -> keep(new Placed(offset, letter), letter.raw().length);
        case Commit commit -> {
          visible = new Transaction(offset, commit, changesOf(commit, offset));
          return true;
        }
        case SourceOpened opened -> {
          kept.remove(opened.source());
          visible = new Other(offset, opened);
          return true;
        }
        case LogRecord.Forked forked -> {
          kept.remove(forked.source());
          visible = new Other(offset, forked);
          return true;
        }
        case LogRecord.Schema _,
            LogRecord.Horizon _,
            LogRecord.Mark _,
            LogRecord.TableReading _,
            LogRecord.TableKnown _,
            LogRecord.TableUnknown _ -> {
          visible = new Other(offset, record);
          return true;
        }
      }
    }
    return false;
  }

  private void keep(Placed change, int bytes) {
    Kept ofSource = kept.computeIfAbsent(change.record().source(), _ -> new Kept());
    if (ofSource.changes.size() >= keptMax || ofSource.bytes >= KEPT_BYTES_MAX) {
      ofSource.changes = new ArrayList<>();
      ofSource.bytes = 0;
    }
    ofSource.changes.add(change);
    ofSource.bytes += bytes;
  }

  private List<Placed> changesOf(Commit commit, LogOffset offset) {
    Kept ofSource = kept.remove(commit.source());
    List<Placed> changes = ofSource == null ? List.of() : ofSource.from(commit.first());
    return changes.size() == commit.count() ? changes : readAgain(commit, offset);
  }

  private List<Placed> readAgain(Commit commit, LogOffset offset) {
    StoredChanges changes = new StoredChanges(log);
    try (LogReader<LogRecord> again = log.reader(commit.first())) {
      while (again.next() && again.offset().compareTo(offset) < 0) {
        LogRecord record = again.record();
        boolean isChange =
            record instanceof Change || record instanceof DeadLetter || record instanceof Expired;
        if (isChange && record.source().equals(commit.source())) {
          changes.add(again.offset());
        }
      }
    }
    if (changes.size() != commit.count()) {
      throw new CorruptStore(
          "The commit at offset %s names %d changes from offset %s on, but the log has %d"
              .formatted(offset, commit.count(), commit.first(), changes.size()));
    }
    return changes;
  }

  @Override
  public VisibleRecord record() {
    if (visible == null) {
      throw new IllegalStateException("The reader is at no record yet");
    }
    return visible;
  }

  @Override
  public LogOffset offset() {
    return record().offset();
  }

  @Override
  public void close() {
    kept.clear();
    reader.close();
  }
}
