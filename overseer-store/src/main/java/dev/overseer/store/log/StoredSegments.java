package dev.overseer.store.log;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The durable part of a log on disk, for reading. What it shows is replaced as a whole when there
 * is more, so readers need no lock to see it.
 */
final class StoredSegments {
  private static final int OPEN_SEALED_SEGMENTS_MAX = 32;

  private final UUID identity;
  private final String name;
  private final BlockCache cache;
  private final SequencedSet<Segment> open = new LinkedHashSet<>();
  private volatile View view;
  private final AtomicInteger packed;

  /** How many of the first segments are elsewhere; the thread alone asks that shrinks. */
  private int evicted;

  private volatile boolean closed;

  /**
   * @param segments all, in order
   * @param lastTable the blocks of the last that are durable
   */
  private record View(Segment[] segments, BlockTable lastTable) {

    int segmentOf(long offset) {
      int low = 0;
      int high = segments.length - 1;
      while (low < high) {
        int middle = (low + high + 1) >>> 1;
        if (segments[middle].first() <= offset) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      return low;
    }
  }

  StoredSegments(String name, UUID identity, long cacheBytes, SegmentScan.Found found) {
    this.name = name;
    this.identity = identity;
    this.cache = new BlockCache(cacheBytes);
    this.view = new View(found.segments().toArray(Segment[]::new), found.lastTable());
    this.packed = new AtomicInteger(found.packed());
    this.evicted = countEvicted(view);
  }

  UUID identity() {
    return identity;
  }

  long end() {
    return view.lastTable.end();
  }

  /** The last segment now has these durable blocks, the given ones at the end. */
  void show(BlockTable lastTable, List<Block> newBlocks) {
    newBlocks.forEach(cache::put);
    view = new View(view.segments, lastTable);
  }

  /** The last segment is sealed, and there is a next one. */
  void show(Segment next, BlockTable nextTable) {
    Segment[] segments = Arrays.copyOf(view.segments, view.segments.length + 1);
    segments[segments.length - 1] = next;
    view = new View(segments, nextTable);
  }

  /** The first sealed segment that is not packed. */
  Optional<Segment> nextToPack() {
    View now = view;
    int next = packed.get();
    return next < now.segments.length - 1 ? Optional.of(now.segments[next]) : Optional.empty();
  }

  /** How many sealed segments are not packed. */
  int waitingToBePacked() {
    return view.segments.length - 1 - packed.get();
  }

  /** The last packed segment, which the next one to be packed comes after. */
  Optional<Segment> lastPacked() {
    int count = packed.get();
    return count == 0 ? Optional.empty() : Optional.of(view.segments[count - 1]);
  }

  /** The file of {@link #nextToPack} was replaced by a packed one. Told by one thread at a time. */
  void nextIsPacked() {
    view.segments[packed.get()].release();
    packed.incrementAndGet();
  }

  /** The segment that begins with this record, if it is one and packed. */
  Optional<SealedSegment> packed(long first) {
    View now = view;
    int index = now.segmentOf(first);
    Segment segment = now.segments[index];
    return segment.first() == first && index < packed.get()
        ? Optional.of(
            new SealedSegment(
                segment.file(),
                new LogOffset(first),
                new LogOffset(now.segments[index + 1].first()),
                segment.length(),
                segment.generation()))
        : Optional.empty();
  }

  /** The packed segment that begins with this record, and is chained to by a later one. */
  Segment chained(long first) {
    View now = view;
    int index = now.segmentOf(first);
    if (now.segments[index].first() != first || index + 1 >= packed.get()) {
      throw new InvalidRequest(
          "No segment that begins at %d is packed, and followed by a packed one".formatted(first));
    }
    return now.segments[index];
  }

  /** Puts another file in the place of such a segment. */
  void replace(long first, Path other) {
    Segment segment = chained(first);
    segment.replaceBy(other);
    cache.remove(first, following(segment).first());
  }

  Segment following(Segment segment) {
    View now = view;
    return now.segments[now.segmentOf(segment.first()) + 1];
  }

  /** Where the last packed segment begins: all before it may be thinned. */
  long lastPackedFirst() {
    int count = packed.get();
    return count == 0 ? 0 : view.segments[count - 1].first();
  }

  /** Evicts packed segments that end by {@code archived}, the oldest first. By one thread. */
  void shrinkTo(long bytesMax, long archived) {
    View now = view;
    long bytes = bytesFrom(now.segments[evicted].first());
    while (bytes > bytesMax
        && evicted + 1 < packed.get()
        && now.segments[evicted + 1].first() <= archived) {
      Segment oldest = now.segments[evicted];
      bytes -= oldest.length();
      oldest.evict();
      evicted++;
    }
  }

  private static int countEvicted(View view) {
    int count = 0;
    while (!view.segments[count].isOnDisk()) {
      count++;
    }
    return count;
  }

  /** How much the segments take on the disk, from the one on that begins with this record. */
  long bytesFrom(long first) {
    View now = view;
    long bytes = now.lastTable.endPosition();
    for (int i = now.segmentOf(first); i < now.segments.length - 1; i++) {
      bytes += now.segments[i].file().toFile().length();
    }
    return bytes;
  }

  /** The block of a record that someone asked for, and whose neighbours may be next. */
  Block block(LogOffset offset) {
    Block block = find(offset.value());
    cache.put(block);
    return block;
  }

  /** The block of a record on the way of a reader, which comes by only once. */
  Block blockInPassing(long offset) {
    return find(offset);
  }

  private Block find(long offset) {
    if (closed) {
      throw new InvalidRequest("The log '" + name + "' is closed");
    }
    Block cached = cache.find(offset);
    if (cached != null) {
      return cached;
    }
    View now = view;
    if (offset >= now.lastTable.end()) {
      throw new InvalidRequest(
          "The log '%s' ends at %d and has no durable record at %d"
              .formatted(name, now.lastTable.end(), offset));
    }
    int index = now.segmentOf(offset);
    Segment segment = now.segments[index];
    return index == now.segments.length - 1
        ? readLast(segment, now, offset)
        : readSealed(segment, offset);
  }

  /** The last segment may have been sealed, and packed, since {@code seen}. */
  private Block readLast(Segment segment, View seen, long offset) {
    try {
      return segment.read(seen.lastTable, seen.lastTable.indexOf(offset));
    } catch (CorruptStore e) {
      if (view.segments.length == seen.segments.length) {
        throw e;
      }
      return readSealed(segment, offset);
    }
  }

  private Block readSealed(Segment segment, long offset) {
    Segment tooMany = null;
    synchronized (open) {
      open.addLast(segment);
      if (open.size() > OPEN_SEALED_SEGMENTS_MAX) {
        tooMany = open.removeFirst();
      }
    }
    if (tooMany != null) {
      tooMany.release();
    }
    return segment.block(offset);
  }

  void close() {
    closed = true;
    Arrays.stream(view.segments).forEach(Segment::release);
  }
}
