package dev.overseer.runner.journal;

import dev.overseer.model.LogOffset;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import java.util.List;

/** Reads the journal at start, once for all that make their state of it. */
public final class JournalReplay {
  private JournalReplay() {}

  /**
   * Gives every durable entry to every fold. Nothing may be appended meanwhile, and no fold used.
   *
   * @return the journal's end: what comes from there on was not applied
   */
  public static LogOffset replay(ReadableLog<JournalEntry> journal, List<JournalFold> folds) {
    return replay(journal, LogOffset.ZERO, folds);
  }

  /** The same from {@code from} on. */
  public static LogOffset replay(
      ReadableLog<JournalEntry> journal, LogOffset from, List<JournalFold> folds) {
    try (LogReader<JournalEntry> reader = journal.reader(from)) {
      while (reader.next()) {
        JournalEntry entry = reader.record();
        LogOffset offset = reader.offset();
        folds.forEach(fold -> fold.apply(offset, entry));
      }
    }
    return journal.end();
  }
}
