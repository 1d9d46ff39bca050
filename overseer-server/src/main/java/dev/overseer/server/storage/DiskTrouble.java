package dev.overseer.server.storage;

import dev.overseer.runner.journal.IncidentKind;
import java.nio.file.Path;

/**
 * Why nothing should be brought in for now.
 *
 * @param text for people: what it is, and what to do next
 */
public record DiskTrouble(IncidentKind kind, Path directory, String text) {

  /** Which of a disk's troubles are incidents of ours. */
  static boolean isOfDisks(IncidentKind kind) {
    return switch (kind) {
      case DISK_FULL, DISK_READ_ONLY, DISK_DENIED, DISK_FAILING -> true;
      case SOURCE_STALE,
          SOURCE_BEHIND,
          SOURCE_REFUSED,
          SLOT_LOST,
          TABLES_UNSEEN,
          LOG_RETAINED,
          CLOCK_JUMP,
          CLOCK_BACK,
          OWN_CLOCK_BACK,
          CLAMPED_COMMITS,
          GAP,
          DEAD_LETTERS,
          CHECK_ERRING,
          CHECK_SUSPENDED,
          CHECK_MISFIT,
          STORM,
          ARCHIVE_REFUSED,
          UNDECODABLE,
          UNDELIVERED,
          CANARY_SILENT ->
          false;
    };
  }

  /** Whether it is the same trouble in other words. */
  public boolean isAs(DiskTrouble other) {
    return kind == other.kind && directory.equals(other.directory);
  }
}
