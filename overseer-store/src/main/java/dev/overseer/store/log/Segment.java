package dev.overseer.store.log;

import dev.overseer.model.CorruptStore;
import dev.overseer.store.disk.Disk;
import java.io.IOException;
import java.io.RandomAccessFile;
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
  private @Nullable RandomAccessFile access;
  private @Nullable BlockTable sealedTable;

  Segment(Path file, UUID identity, long first) {
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
      byte[] trailer = Disk.read(file, access(), trailerAt, SegmentFooter.TRAILER_LENGTH);
      long footerPosition = SegmentFooter.position(trailer);
      byte[] footer = Disk.read(file, access(), footerPosition, length() - footerPosition);
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
    return Disk.read(file, access(), position, length);
  }

  synchronized long length() {
    try {
      return access().length();
    } catch (IOException e) {
      throw Disk.refused(file, "read", e);
    }
  }

  static CorruptStore damaged(Path file, long position, long offset) {
    return new CorruptStore(
        ("The file %s is damaged at position %d, in the block of the record at offset %d:"
                + " restore the file from a copy")
            .formatted(file, position, offset));
  }

  private RandomAccessFile access() {
    RandomAccessFile open = access;
    if (open == null) {
      open = Disk.openForReading(file);
      access = open;
    }
    return open;
  }

  /** Gives back the file and the memory; either comes back when asked for. */
  synchronized void release() {
    sealedTable = null;
    if (access != null) {
      try {
        access.close();
      } catch (IOException e) {
        throw Disk.refused(file, "closed", e);
      } finally {
        access = null;
      }
    }
  }
}
