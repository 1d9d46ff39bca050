package dev.overseer.runner.journal;

import dev.overseer.model.LogOffset;

/** What makes its state of the journal's entries, in order, and of nothing else. */
@FunctionalInterface
public interface JournalFold {

  void apply(LogOffset offset, JournalEntry entry);
}
