package dev.overseer.server;

import dev.overseer.model.Unavailable;
import dev.overseer.store.archive.ArchiveWatch;

/** Of an archive that takes everything. */
final class Unheard implements ArchiveWatch {

  @Override
  public void archiveRefused(String log, Unavailable cause) {
    throw cause;
  }

  @Override
  public void archiveTakes(String log) {
    throw new IllegalStateException("It never refused");
  }
}
