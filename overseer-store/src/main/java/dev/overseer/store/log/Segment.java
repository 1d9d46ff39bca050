package dev.overseer.store.log;

import dev.overseer.model.CorruptStore;
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
  private final Path file;
  private final UUID identity;
  private final long first;
  private final RemoteSegments remote;
  private @Nullable SegmentContent content;
  private @Nullable BlockTable sealedTable;

  Segment(Path file, UUID identity, long first, RemoteSegments remote) {
    this.remote = remote;
    this.file = file;
    this.identity = identity;
    this.first = first;
  }

  Path file() {
    return file;
  }

  /** The offset of its first record. */
  long first() {
    return first;
  }

  /** What its file begins with, which changes when it is packed. */
  SegmentHeader header() {
    return SegmentHeader.read(file, bytes(0, SegmentHeader.LENGTH_MAX));
  }

  /** How often records were deleted from it. Leaves the file as closed as it was. */
  synchronized int generation() {
    if (content != null) {
      return header().generation();
    }
    try (SegmentContent opened = open()) {
      byte[] start = opened.read(0, SegmentHeader.LENGTH_MAX);
      return SegmentHeader.read(file, start).generation();
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
      table = SegmentFooter.read(file, footer, identity);
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
        .orElseThrow(() -> damaged(file, position, first));
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
    return isOnDisk() ? SegmentContent.onDisk(file) : EvictedContent.open(file, remote);
  }

  /** Whether more than a stub of it is there. */
  boolean isOnDisk() {
    return Files.exists(file);
  }

  /** Leaves a stub of a packed segment, which is read from elsewhere from now on. */
  synchronized void evict() {
    SegmentStub.create(file, content());
    release();
    Disk.delete(file);
  }

  /**
   * Puts another file in its place, with the same offsets in it; of an evicted segment, that file's
   * stub. Whoever reads goes on with what he has, or finds the new one.
   */
  synchronized void replaceBy(Path other) {
    if (isOnDisk()) {
      Disk.replace(file, other);
    } else {
      try (SegmentContent content = SegmentContent.onDisk(other)) {
        SegmentStub.create(file, content);
      }
      Disk.delete(other);
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
