package dev.overseer.store.log;

import dev.overseer.store.log.SegmentFiles.SegmentFile;
import java.util.List;

/**
 * Reads every byte of a log and holds it against all that is known of it: the checksums of headers,
 * blocks and footers, the numbers of the records, and the chain of the packed segments, each of
 * which says the SHA-256 of the file before it. It stops at the first damage.
 *
 * <p>The log may be written to and packed meanwhile: what looks damaged is looked at again when
 * files were replaced in the course of it.
 */
public final class LogVerification {
  private static final int WALKS_MAX = 4;

  private final String name;
  private final SegmentFiles files;
  private final Progress progress;

  /** Hears how far it has come, after each segment. */
  @FunctionalInterface
  public interface Progress {
    void verified(long bytes, long ofBytes);
  }

  /**
   * @param name what the log is said to be: {@code updates}, say
   */
  public LogVerification(String name, SegmentFiles files, Progress progress) {
    this.name = name;
    this.files = files;
    this.progress = progress;
  }

  /**
   * Verifies the whole log.
   *
   * @throws dev.overseer.model.Unavailable when the files cannot be read
   */
  public VerifiedLog run() {
    List<SegmentFile> list = files.list();
    VerifiedLog verified = new ChainWalk(name, files, progress).through(list);
    for (int walks = 1; verified.damage().isPresent() && walks < WALKS_MAX; walks++) {
      List<SegmentFile> now = files.list();
      if (now.equals(list)) {
        return verified;
      }
      list = now;
      verified = new ChainWalk(name, files, progress).through(list);
    }
    return verified;
  }
}
