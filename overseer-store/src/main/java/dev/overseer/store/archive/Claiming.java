package dev.overseer.store.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.LogOffset;
import dev.overseer.store.disk.Disk;
import dev.overseer.store.log.LocalSegments;
import dev.overseer.store.log.SealedSegment;
import dev.overseer.store.log.SegmentedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Opens a log on a disk that may be new to it. Where the disk had less than the archive, or no log
 * at all, a process of another machine may have been the last to write it, and what that one sent
 * may still be on its way. So before anything is taken in, a segment without content is put where
 * the archive ends: a claim. Once the archive has it, what else comes for that place finds it
 * taken, and a process that still writes there stops. Where something came first, it is brought
 * back like all before it, and the place after it claimed.
 *
 * <p>Until that is decided a file in the directory says where the claim is: all from there on is
 * nothing but it.
 */
public final class Claiming {
  private static final String UNDECIDED = "claim";

  /** Somebody who puts a segment each second does not come first so often. */
  private static final int ATTEMPTS_MAX = 20;

  private final SegmentArchive archive;
  private final Path directory;
  private final Restoration restoration;

  /**
   * @param restoration of the directory
   */
  public Claiming(SegmentArchive archive, Path directory, Restoration restoration) {
    this.archive = archive;
    this.directory = directory;
    this.restoration = restoration;
  }

  /**
   * Whether the log can be opened without the archive: it is on this disk, and no claim undecided.
   */
  public boolean isDispensable() {
    return !LocalSegments.of(directory, archive.name()).isEmpty() && !Files.exists(undecided());
  }

  /**
   * @param log opens the log in the directory
   * @throws InvalidRequest when the directory is not the archive's, or another process goes on
   *     writing
   * @throws dev.overseer.model.Unavailable when the archive, or the disk, does not answer
   */
  public <R> SegmentedLog<R> open(Supplier<SegmentedLog<R>> log) {
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      withdraw();
      restoration.run(() -> announce(""));
      boolean isNew = Files.exists(undecided());
      if (isNew) {
        announce(LocalSegments.of(directory, archive.name()).end().toString());
      }
      SegmentedLog<R> opened = log.get();
      if (!isNew || isTaken(opened)) {
        return opened;
      }
    }
    throw new InvalidRequest(
        "Another process writes the log '%s' to the archive: stop it, and start again"
            .formatted(archive.name()));
  }

  /**
   * @param place of the claim; empty while the log is brought back
   */
  private void announce(String place) {
    Disk.makeDirectory(directory);
    Disk.create(directory, undecided(), place.getBytes(US_ASCII));
  }

  /** Puts the claim; otherwise the log is closed. */
  private boolean isTaken(SegmentedLog<?> log) {
    boolean isTaken = false;
    try {
      isTaken = archive.claim(claim(log));
    } finally {
      if (!isTaken) {
        log.close();
      }
    }
    if (isTaken) {
      Disk.delete(undecided());
    }
    return isTaken;
  }

  private static SealedSegment claim(SegmentedLog<?> log) {
    LogOffset place = log.end();
    log.appendBlank();
    log.sync();
    log.seal();
    while (log.pack()) {
      // The claim is packed last.
    }
    return log.packed(place)
        .orElseThrow(() -> new InvariantViolated("The claim at " + place + " is not packed"));
  }

  /** Gives up a claim that was made and not decided; that there must be one stays on the disk. */
  private void withdraw() {
    if (Files.exists(undecided())) {
      String place = read(undecided());
      if (!place.isEmpty()) {
        LocalSegments.removeFrom(directory, new LogOffset(Long.parseLong(place)));
      }
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, US_ASCII);
    } catch (IOException e) {
      throw Disk.refused(file, "read", e);
    }
  }

  private Path undecided() {
    return directory.resolve(UNDECIDED);
  }
}
