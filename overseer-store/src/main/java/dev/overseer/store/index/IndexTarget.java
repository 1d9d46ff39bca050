package dev.overseer.store.index;

import dev.overseer.model.LogOffset;
import dev.overseer.model.SourceName;
import java.util.List;
import java.util.Map;

/** What an {@link Indexer} makes of the log goes here. Written by one thread. */
public interface IndexTarget {

  /** Everything in the log before this offset was written. */
  LogOffset consumed();

  /** How far each source has come in what is consumed. */
  Map<SourceName, SourceProgress> progress();

  /** Applies what one stretch of the log adds, atomically, and moves {@link #consumed}. */
  void write(List<IndexEntry> entries, List<SourceProgress> progress, LogOffset consumed);
}
