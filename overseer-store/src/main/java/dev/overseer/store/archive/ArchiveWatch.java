package dev.overseer.store.archive;

import dev.overseer.model.Unavailable;

/** Hears how the archive answers, on the thread of {@link Archiving#step}. */
public interface ArchiveWatch {

  /** It did not take a segment of this log; told at every attempt. */
  void archiveRefused(String log, Unavailable cause);

  /** It takes segments of this log again. */
  void archiveTakes(String log);
}
