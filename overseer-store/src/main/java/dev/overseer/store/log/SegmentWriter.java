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

  static SegmentWriter create(
      Path directory, LogSettings settings, EvictedSegments evicted, UUID identity, long first) {
    long created = ChronoUnit.MICROS.between(Instant.EPOCH, settings.clock().instant());
    SegmentHeader header =
        new SegmentHeader(
            identity, settings.name(), first, created, Optional.empty(), Optional.empty());
    Path file = SegmentNames.of(directory, first);
    Disk.create(directory, file, header.toBytes());
    return new SegmentWriter(
        new Segment(directory, identity, first, evicted),
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
    writer.writeAgain();
    Disk.syncDirectory(segment.file().resolveSibling("."));
    return writer;
  }

  /**
   * Writes in place what no later block proves to have been durable. After a sync that failed it
   * may be in memory alone, where it can be read, and where later syncs take it for written.
   */
  private void writeAgain() {
    long from = unprovenFrom();
    byte[] bytes = Disk.read(segment.file(), access, from, Integer.MAX_VALUE);
    if (bytes.length > 0) {
      Disk.write(segment.file(), access, from, bytes);
    }
    sync();
  }

  private long unprovenFrom() {
    if (table.count() == 0) {
      return table.endPosition();
    }
    byte[] last =
        Disk.read(segment.file(), access, table.position(table.count() - 1), Block.HEADER_LENGTH);
    long durable = (long) Block.LONG.get(last, Block.DURABLE_AT);
    return table.position(table.indexOf(Math.max(durable, segment.first())));
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
    Disk.write(segment.file(), access, table.endPosition(), block.bytes());
    table = table.with(block.end(), block.length());
  }

  void sync() {
    Disk.sync(segment.file(), access);
  }

  /** Writes the footer and ends. */
  void seal() {
    byte[] footer = SegmentFooter.toBytes(table, segment.first(), identity);
    Disk.write(segment.file(), access, table.endPosition(), footer);
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
