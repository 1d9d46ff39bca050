package dev.overseer.store.log;

import dev.overseer.store.disk.Disk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** The segment that a log is being written to. Belongs to whoever holds the log's write lock. */
final class SegmentWriter {
  private final Segment segment;
  private final UUID identity;
  private final RandomAccessFile access;
  private BlockTable table;

  private SegmentWriter(Segment segment, UUID identity, RandomAccessFile access, BlockTable table) {
    this.segment = segment;
    this.identity = identity;
    this.access = access;
    this.table = table;
  }

  static SegmentWriter create(Path directory, LogSettings settings, UUID identity, long first) {
    long created = ChronoUnit.MICROS.between(Instant.EPOCH, settings.clock().instant());
    SegmentHeader header =
        new SegmentHeader(identity, settings.name(), first, created, Optional.empty());
    Path file = SegmentNames.of(directory, first);
    Disk.create(directory, file, header.toBytes());
    return new SegmentWriter(
        new Segment(file, identity, first, settings.remote()),
        identity,
        Disk.openForWriting(file),
        BlockTable.empty(first, header.length()));
  }

  /**
   * Goes on with a segment whose sound blocks are those of the table. They are durable when this
   * returns: the process that wrote them may have died before it made them so.
   */
  static SegmentWriter goOn(Segment segment, UUID identity, BlockTable table) {
    RandomAccessFile access = Disk.openForWriting(segment.file());
    SegmentWriter writer = new SegmentWriter(segment, identity, access, table);
    writer.sync();
    return writer;
  }

  /** Removes whatever lies behind the sound blocks. */
  void cut() {
    try {
      access.setLength(table.endPosition());
    } catch (IOException e) {
      throw Disk.refused(segment.file(), "cut", e);
    }
    sync();
  }

  Segment segment() {
    return segment;
  }

  BlockTable table() {
    return table;
  }

  void write(Block block) {
    try {
      access.seek(table.endPosition());
      access.write(block.bytes());
    } catch (IOException e) {
      throw Disk.refused(segment.file(), "written", e);
    }
    table = table.with(block.end(), block.length());
  }

  void sync() {
    try {
      access.getFD().sync();
    } catch (IOException e) {
      throw Disk.refused(segment.file(), "synced", e);
    }
  }

  /** Writes the footer and ends. */
  void seal() {
    try {
      access.seek(table.endPosition());
      access.write(SegmentFooter.toBytes(table, segment.first(), identity));
    } catch (IOException e) {
      throw Disk.refused(segment.file(), "sealed", e);
    }
    sync();
    close();
  }

  void close() {
    try {
      access.close();
    } catch (IOException e) {
      throw Disk.refused(segment.file(), "closed", e);
    }
  }
}
