package dev.overseer.store.log;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.LogOffset;
import dev.overseer.store.disk.Disk;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/**
 * Deletes records from packed segments, in two steps: a file without them is made beside the
 * segment, and, when it is on record what is deleted, takes its place. The next segment goes on
 * naming the SHA-256 of the file as it was before anything was deleted; the new one repeats it.
 */
final class SegmentThinner<R> {
  private static final int PIECE = 1 << 20;

  private final Path directory;
  private final StoredSegments stored;
  private final SegmentPacker packer;
  private final RecordCodec<R> codec;

  SegmentThinner(
      Path directory, StoredSegments stored, SegmentPacker packer, RecordCodec<R> codec) {
    this.directory = directory;
    this.stored = stored;
    this.packer = packer;
    this.codec = codec;
  }

  /** Of a segment that another packed one follows. */
  Thinning prepare(LogOffset first, Thinning.Deletion<R> deletion) {
    Segment segment = stored.chained(first.value());
    Segment next = stored.following(segment);
    Sha256 before = digest(segment);
    SegmentHeader header = segment.header().thinned(before);
    requireWhatNextNames(segment, header, next.header());
    next.release();
    Path file = SegmentNames.thinnedOf(segment.file());
    Sha256 after =
        packer.write(
            file,
            segment,
            header,
            SegmentPacker.Effort.USUAL,
            (block, into) -> copy(block, into, deletion));
    return new Thinning(
        ThinnedFile.of(segment.file(), header, after),
        new LogOffset(next.first()),
        before,
        segment.length(),
        file.toFile().length());
  }

  /** Damage that nobody has seen yet must not be made to look like a deletion. */
  private static void requireWhatNextNames(
      Segment segment, SegmentHeader header, SegmentHeader next) {
    if (!header.thinned().map(SegmentHeader.Thinned::original).equals(next.previous())) {
      throw new CorruptStore(
          "The file %s is not what the next segment says that it was: restore it from a copy"
              .formatted(segment.file()));
    }
  }

  private static Sha256 digest(Segment segment) {
    MessageDigest digest = Sha256.digest();
    long position = 0;
    byte[] piece = segment.bytes(position, PIECE);
    while (piece.length > 0) {
      digest.update(piece);
      position += piece.length;
      piece = segment.bytes(position, PIECE);
    }
    return Sha256.of(digest.digest());
  }

  private void copy(Block block, BlockBuilder into, Thinning.Deletion<R> deletion) {
    for (int i = 0; i < block.count(); i++) {
      LogOffset offset = new LogOffset(block.first() + i);
      if (deletion.isDeleted(offset)) {
        R deleted = block.record(offset.value(), codec);
        into.add(codec.encode(deletion.placeholder(deleted)));
      } else {
        into.add(block.record(i));
      }
    }
  }

  /** Those that were made, and have not taken their places. */
  List<ThinnedFile> prepared() {
    return SegmentNames.listThinned(directory).stream().map(ThinnedFile::find).toList();
  }

  void replace(ThinnedFile file) {
    stored.replace(file);
  }

  void giveUp(ThinnedFile file) {
    Disk.delete(file.file());
  }
}
