package dev.overseer.store.log;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.LogOffset;
import dev.overseer.store.log.SegmentFiles.SegmentFile;
import java.util.List;
import java.util.function.Consumer;

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
  private final Deletions deletions;
  private final Consumer<Block> blocks;

  /** What is on record of records that were deleted from packed segments. */
  @FunctionalInterface
  public interface Deletions {
    /** There were none. */
    Deletions NONE = (_, _, _) -> false;

    /**
     * Whether it is on record that the segment that begins there became this file when records were
     * deleted from it for this time.
     */
    boolean areOnRecord(LogOffset first, int generation, Sha256 sha256);
  }

  /** Hears how far it has come, after each segment. */
  @FunctionalInterface
  public interface Progress {
    void verified(long bytes, long ofBytes);
  }

  /**
   * @param name what the log is said to be: {@code updates}, say
   */
  public LogVerification(String name, SegmentFiles files, Progress progress) {
    this(name, files, progress, Deletions.NONE, _ -> {});
  }

  private LogVerification(
      String name,
      SegmentFiles files,
      Progress progress,
      Deletions deletions,
      Consumer<Block> blocks) {
    this.name = name;
    this.files = files;
    this.progress = progress;
    this.deletions = deletions;
    this.blocks = blocks;
  }

  /** The same, which takes segments for sound from which records were deleted as these say. */
  public LogVerification with(Deletions onRecord) {
    return new LogVerification(name, files, progress, onRecord, blocks);
  }

  /**
   * The same, which tells every record that it finds sound and that the codec can read: a later
   * version may have written others. It may tell one several times.
   */
  public <R> LogVerification telling(RecordCodec<R> codec, Consumer<R> records) {
    return new LogVerification(
        name,
        files,
        progress,
        deletions,
        block -> {
          for (long offset = block.first(); offset < block.end(); offset++) {
            if (!block.isBlank(offset)) {
              tell(block, offset, codec, records);
            }
          }
        });
  }

  private static <R> void tell(
      Block block, long offset, RecordCodec<R> codec, Consumer<R> records) {
    R record;
    try {
      record = block.record(offset, codec);
    } catch (CorruptStore unreadable) {
      return;
    }
    records.accept(record);
  }

  /**
   * Verifies the whole log.
   *
   * @throws dev.overseer.model.Unavailable when the files cannot be read
   */
  public VerifiedLog run() {
    List<SegmentFile> list = files.list();
    VerifiedLog verified = new ChainWalk(name, files, progress, deletions, blocks).through(list);
    for (int walks = 1; verified.damage().isPresent() && walks < WALKS_MAX; walks++) {
      List<SegmentFile> now = files.list();
      if (now.equals(list)) {
        return verified;
      }
      list = now;
      verified = new ChainWalk(name, files, progress, deletions, blocks).through(list);
    }
    return verified;
  }
}
