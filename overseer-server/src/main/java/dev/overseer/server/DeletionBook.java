package dev.overseer.server;

import dev.overseer.model.LogOffset;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.ChangesDeleted;
import dev.overseer.runner.journal.JournalFold;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.retention.Deletion;
import dev.overseer.store.retention.DeletionRecords;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Puts deletions into the journal, and knows the last one. Belongs to one thread at a time. */
final class DeletionBook implements JournalFold, DeletionRecords {
  private final SegmentedLog<JournalEntry> journal;
  private final boolean isArchived;
  private final InstantSource clock;
  private Optional<Deletion> last = Optional.empty();
  private LogOffset end = LogOffset.ZERO;

  /**
   * @param isArchived whether the journal has an archive
   */
  DeletionBook(SegmentedLog<JournalEntry> journal, boolean isArchived, InstantSource clock) {
    this.journal = journal;
    this.isArchived = isArchived;
    this.clock = clock;
  }

  @Override
  public void apply(LogOffset offset, JournalEntry entry) {
    if (entry instanceof ChangesDeleted deleted) {
      last = Optional.of(deleted.deletion());
      end = offset.next();
    }
  }

  @Override
  public void put(Deletion deletion) {
    ChangesDeleted entry =
        new ChangesDeleted(deletion, clock.instant().truncatedTo(ChronoUnit.MICROS));
    LogOffset offset = journal.append(entry);
    journal.sync();
    apply(offset, entry);
  }

  @Override
  public boolean areSafe() {
    return !isArchived || journal.archived().compareTo(end) >= 0;
  }

  @Override
  public Optional<Deletion> last() {
    return last;
  }
}
