package dev.overseer.store.log;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.LogOffset;
import dev.overseer.store.disk.Disk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One file of a log, for reading. It opens the file when it is asked for something, and may be told
 * to let go of it. Safe for many threads.
 */
final class Segment {
  private final Path directory;
  private final UUID identity;
  private final long first;
  private final EvictedSegments evicted;
  private @Nullable SegmentContent content;
  private @Nullable BlockTable sealedTable;

  /**
   * @param evicted of the directory: whether it is one of those may change
   */
  Segment(Path directory, UUID identity, long first, EvictedSegments evicted) {
    this.directory = directory;
    this.identity = identity;
    this.first = first;
    this.evicted = evicted;
  }

  Path file() {
    return SegmentNames.of(directory, first);
  }

  /** The offset of its first record. */
  long first() {
    return first;
  }

  /** What its file begins with, which changes when it is packed. */
  SegmentHeader header() {
    return SegmentHeader.read(file(), bytes(0, SegmentHeader.LENGTH_MAX));
  }

  /**
   * As it is now, of a packed one. Leaves the file as closed as it was.
   *
   * @param end the offset after its last record
   */
  synchronized SealedSegment sealed(long end) {
    boolean wasClosed = content == null;
    try {
      return new SealedSegment(
          file(), new LogOffset(first), new LogOffset(end), length(), header().generation());
    } finally {
      if (wasClosed) {
        release();
      }
    }
  }

  /**
   * The block of a sealed segment that holds this record. Table and block are read from one opened
   * file: packing puts another in its place.
   */
  Block block(long offset) {
    long position;
    long first;
    byte[] bytes;
    synchronized (this) {
      BlockTable table = table();
      int index = table.indexOf(offset);
      position = table.position(index);
      first = table.first(index);
      bytes = bytes(position, table.length(index));
    }
    return sound(bytes, position, first);
  }

  /** The table in the footer, of a sealed segment. */
  synchronized BlockTable table() {
    BlockTable table = sealedTable;
    if (table == null) {
      long trailerAt = length() - SegmentFooter.TRAILER_LENGTH;
      byte[] trailer = bytes(trailerAt, SegmentFooter.TRAILER_LENGTH);
      long footerPosition = SegmentFooter.position(trailer);
      byte[] footer = bytes(footerPosition, length() - footerPosition);
      table = SegmentFooter.read(file(), footer, identity);
      sealedTable = table;
    }
    return table;
  }

  Block read(BlockTable table, int index) {
    long position = table.position(index);
    return sound(bytes(position, table.length(index)), position, table.first(index));
  }

  private Block sound(byte[] bytes, long position, long first) {
    return Block.of(bytes, identity)
        .filter(block -> block.first() == first)
        .orElseThrow(() -> damaged(file(), position, first));
  }

  synchronized byte[] bytes(long position, long length) {
    return content().read(position, length);
  }

  synchronized long length() {
    SegmentContent open = content;
    if (open != null) {
      return open.length();
    }
    try (SegmentContent opened = open()) {
      return opened.length();
    }
  }

  static CorruptStore damaged(Path file, long position, long offset) {
    return new CorruptStore(
        ("The file %s is damaged at position %d, in the block of the record at offset %d:"
                + " restore the file from a copy")
            .formatted(file, position, offset));
  }

  private SegmentContent content() {
    SegmentContent open = content;
    if (open == null) {
      open = open();
      content = open;
    }
    return open;
  }

  private SegmentContent open() {
    Path file = file();
    return Files.exists(file) ? SegmentContent.onDisk(file) : evicted.open(first);
  }

  /** It is one of those that were evicted. */
  synchronized void delete() {
    release();
    Disk.delete(file());
  }

  /**
   * Puts another file in its place, with the same offsets in it; of an evicted segment, what that
   * file says of it. Whoever reads goes on with what he has, or finds the new one.
   */
  synchronized void replaceBy(ThinnedFile other) {
    Path file = file();
    if (Files.exists(file)) {
      Disk.replace(file, other.file());
    } else {
      evicted.change(new LogOffset(first), other.file().toFile().length(), other.generation());
      Disk.delete(other.file());
    }
    release();
  }

  /** Gives back the file and the memory; either comes back when asked for. */
  synchronized void release() {
    sealedTable = null;
    SegmentContent open = content;
    content = null;
    if (open != null) {
      open.close();
    }
  }
}
