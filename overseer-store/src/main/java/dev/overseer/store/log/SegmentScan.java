package dev.overseer.store.log;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Looks at the segments of a directory before they are used: that they are one unbroken log, and
 * where its last whole block ends.
 *
 * <p>Behind that end may lie what a crash tore: it was never durable, and is cut. It may also be
 * damage to what was durable, which must not be cut in silence. Every block says how far the log
 * was durable when it was written; so a sound block further on that knows the bad place to have
 * been durable is the proof of damage.
 */
final class SegmentScan {
  private final Path directory;
  private final String name;
  private final EvictedSegments evicted;
  private final long start;
  private final List<Path> files;
  private int packed;

  /**
   * @param evicted the first segments of the log: those after them are looked at
   */
  SegmentScan(Path directory, String name, EvictedSegments evicted) {
    this.directory = directory;
    this.name = name;
    this.evicted = evicted;
    this.start = evicted.end().value();
    this.files =
        SegmentNames.list(directory).stream()
            .filter(file -> SegmentNames.firstOf(file) >= start)
            .toList();
  }

  /**
   * @param packed how many segments are packed: the first ones
   * @param lastTable the sound blocks of the last segment
   * @param lastSealed whether the last segment can take no more
   */
  record Found(
      UUID identity,
      List<Segment> segments,
      int packed,
      BlockTable lastTable,
      boolean lastSealed,
      Optional<TornTail> torn) {}

  /** Whether there is nothing at all. */
  boolean isNew() {
    return isEmpty() && start == 0;
  }

  /** Whether there is nothing after what was evicted. */
  boolean isEmpty() {
    return files.isEmpty();
  }

  Found scan() {
    if (isEmpty()) {
      throw new InvalidRequest(
          "The directory %s holds no log%s"
              .formatted(directory, start == 0 ? "" : " but what the archive has: start with it"));
    }
    UUID identity = SegmentHeader.of(files.getFirst()).identity();
    List<Segment> segments = new ArrayList<>();
    long expected = start;
    for (Path file : files.subList(0, files.size() - 1)) {
      segments.add(segment(file, identity, expected));
      expected = endOfSealed(segments.getLast());
    }
    segments.add(segment(files.getLast(), identity, expected));
    return scanLast(identity, segments);
  }

  private Segment segment(Path file, UUID identity, long expected) {
    Segment segment = new Segment(directory, identity, SegmentNames.firstOf(file), evicted);
    SegmentHeader header = segment.header();
    if (!header.name().equals(name)) {
      throw new InvalidRequest(
          "The directory %s holds the log '%s', not '%s'"
              .formatted(directory, header.name(), name));
    }
    if (!header.identity().equals(identity)) {
      throw new CorruptStore(
          "The file %s belongs to another log than its neighbours".formatted(file));
    }
    if (header.first() != expected || segment.first() != expected) {
      throw new CorruptStore(
          "Before the file %s, records from offset %d on are missing: restore the files between"
              .formatted(file, expected));
    }
    count(header, file);
    return segment;
  }

  private void count(SegmentHeader header, Path file) {
    if (header.isPacked()) {
      if (!SegmentNames.of(directory, header.first()).equals(files.get(packed))) {
        throw new CorruptStore(
            "The file %s is packed, and one before it is not: restore those before it from a copy"
                .formatted(file));
      }
      packed++;
    }
  }

  private static long endOfSealed(Segment segment) {
    if (!SegmentFooter.isTrailer(trailer(segment))) {
      throw new CorruptStore(
          "The file %s has no footer, though a later segment follows: restore it from a copy"
              .formatted(segment.file()));
    }
    long end = segment.table().end();
    segment.release();
    return end;
  }

  private static byte[] trailer(Segment segment) {
    long length = SegmentFooter.TRAILER_LENGTH;
    return segment.bytes(Math.max(0, segment.length() - length), length);
  }

  private Found scanLast(UUID identity, List<Segment> segments) {
    Segment last = segments.getLast();
    if (SegmentFooter.isTrailer(trailer(last)) && hasSoundFooter(last)) {
      return new Found(identity, segments, packed, last.table(), true, Optional.empty());
    }
    BlockTable table = soundBlocks(last, identity);
    long position = table.endPosition();
    long behind = last.length() - position;
    if (behind > 0) {
      refuseDamage(last, identity, table);
    }
    Optional<TornTail> torn =
        behind == 0
            ? Optional.empty()
            : Optional.of(new TornTail(last.file(), position, behind, new LogOffset(table.end())));
    return new Found(identity, segments, packed, table, false, torn);
  }

  private static boolean hasSoundFooter(Segment segment) {
    try {
      segment.table();
      return true;
    } catch (CorruptStore torn) {
      return false;
    }
  }

  private BlockTable soundBlocks(Segment segment, UUID identity) {
    BlockTable table = BlockTable.empty(segment.first(), segment.header().length());
    Optional<Block> block = blockAt(segment, identity, table);
    while (block.isPresent()) {
      table = table.with(block.get().end(), block.get().length());
      block = blockAt(segment, identity, table);
    }
    return table;
  }

  private static Optional<Block> blockAt(Segment segment, UUID identity, BlockTable table) {
    long position = table.endPosition();
    byte[] header = segment.bytes(position, Block.HEADER_LENGTH);
    return Block.announcedLength(header, 0)
        .filter(length -> length <= segment.length() - position)
        .flatMap(length -> Block.of(segment.bytes(position, length), identity))
        .filter(block -> block.first() == table.end());
  }

  private static void refuseDamage(Segment segment, UUID identity, BlockTable sound) {
    byte[] rest = segment.bytes(sound.endPosition(), Integer.MAX_VALUE - 8);
    if (isDamage(rest, identity, sound.end())) {
      throw Segment.damaged(segment.file(), sound.endPosition(), sound.end());
    }
  }

  /** Whether what begins with a bad block, where {@code end} comes, was once durable. */
  static boolean isDamage(byte[] rest, UUID identity, long end) {
    for (int at = 1; at + Block.HEADER_LENGTH <= rest.length; at++) {
      if (isProof(rest, at, identity, end)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isProof(byte[] bytes, int at, UUID identity, long end) {
    return Block.announcedLength(bytes, at)
        .filter(length -> length <= bytes.length - at)
        .flatMap(
            length -> Block.of(Arrays.copyOfRange(bytes, at, at + length.intValue()), identity))
        .filter(block -> block.durable() > end)
        .isPresent();
  }
}
