package dev.overseer.server.storage;

import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.store.disk.DiskCondition;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The directories that must take writes, and how much of their disks is kept free. The reserve is
 * for what goes on while nothing is taken in: the journal, the index, and what people do. Safe for
 * many threads.
 *
 * @param minFreeBytes on each of them
 */
public record Disks(List<Path> directories, long minFreeBytes) {
  private static final String WAITS =
      "Nothing is taken in until then, the sources keep their logs, and it goes on by itself.";

  /** A reserve is taken for whole again when so much more is free: an eighth of it. */
  private static final int MARGIN_SHARE = 8;

  /** Where storage refused, a disk with less than this free is to blame, and not well again. */
  private static final long FREE_BYTES_MIN = 16 << 20;

  public Disks {
    directories = List.copyOf(directories);
  }

  /** The first trouble that is found. */
  public Optional<DiskTrouble> trouble() {
    return trouble(minFreeBytes);
  }

  /** The same where there was one already, which is over only when there is room to spare. */
  public Optional<DiskTrouble> troubleStill() {
    return trouble(withMargin());
  }

  private long withMargin() {
    return minFreeBytes + minFreeBytes / MARGIN_SHARE;
  }

  /** What must have made storage refuse: what is found, or else what it said itself. */
  public DiskTrouble cause(String refusal) {
    return troubleAfterRefusal()
        .orElseGet(
            () ->
                new DiskTrouble(
                    kindSaid(refusal),
                    directories.getFirst(),
                    "Storage refused, though %s looks well now, with %s free: %s. Look into the system's log, and for quotas. %s"
                        .formatted(
                            directories.getFirst(), mebibytes(freeBytes()), refusal, WAITS)));
  }

  /** Whether something is found, where storage had refused, that would make it refuse again. */
  public Optional<DiskTrouble> troubleAfterRefusal() {
    return trouble(Math.max(FREE_BYTES_MIN, withMargin()));
  }

  /** Quotas, for one, are found by nobody who looks at the disk. */
  private static IncidentKind kindSaid(String refusal) {
    if (refusal.contains("No space left") || refusal.contains("quota exceeded")) {
      return IncidentKind.DISK_FULL;
    }
    if (refusal.contains("Permission denied") || refusal.contains("not permitted")) {
      return IncidentKind.DISK_DENIED;
    }
    return refusal.contains("Read-only file system")
        ? IncidentKind.DISK_READ_ONLY
        : IncidentKind.DISK_FAILING;
  }

  /** Of the fullest of the disks. */
  public long freeBytes() {
    return directories.stream().mapToLong(Disks::freeBytes).min().orElse(0);
  }

  private static long freeBytes(Path directory) {
    return switch (DiskCondition.of(directory)) {
      case DiskCondition.Writable writable -> writable.freeBytes();
      case DiskCondition.ReadOnly _, DiskCondition.Denied _, DiskCondition.Missing _ -> 0;
    };
  }

  private Optional<DiskTrouble> trouble(long neededBytes) {
    return directories.stream()
        .flatMap(directory -> trouble(directory, neededBytes).stream())
        .findFirst();
  }

  private static Optional<DiskTrouble> trouble(Path directory, long neededBytes) {
    return switch (DiskCondition.of(directory)) {
      case DiskCondition.Writable(long free) when free >= neededBytes -> Optional.empty();
      case DiskCondition.Writable(long free) ->
          found(
              IncidentKind.DISK_FULL,
              directory,
              "The disk of %s is full: %s are free, and %s are needed (storage.local.minFree). Free some, or make the disk larger."
                  .formatted(directory, mebibytes(free), mebibytes(neededBytes)));
      case DiskCondition.ReadOnly _ ->
          found(
              IncidentKind.DISK_READ_ONLY,
              directory,
              "The disk of %s is read-only. See in the system's log why, and mount it for writing again (mount -o remount,rw)."
                  .formatted(directory));
      case DiskCondition.Denied _ ->
          found(
              IncidentKind.DISK_DENIED,
              directory,
              "The user '%s' may not write to %s. Give the directory back to that user (chown, chmod u+rwx)."
                  .formatted(System.getProperty("user.name"), directory));
      case DiskCondition.Missing(String reason) ->
          found(
              IncidentKind.DISK_FAILING,
              directory,
              "%s cannot be used: %s. Mount its disk, or put it back."
                  .formatted(directory, reason));
    };
  }

  private static Optional<DiskTrouble> found(IncidentKind kind, Path directory, String text) {
    return Optional.of(new DiskTrouble(kind, directory, text + " " + WAITS));
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
  }
}
