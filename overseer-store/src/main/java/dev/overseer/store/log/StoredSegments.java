package dev.overseer.store.log;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.store.disk.Disk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The durable part of a log on disk, for reading. What it shows is replaced as a whole when there
 * is more, so readers need no lock to see it.
 */
final class StoredSegments {
  private final UUID identity;
  private final String name;
  private final BlockCache cache;
  private final EvictedSegments evicted;
  private final OpenSegments open = new OpenSegments();

  /** Replaced by whoever holds this object's lock, for no longer than that takes. */
  private volatile View view;

  /** Held while files are replaced or evicted. */
  private final Object replacing = new Object();

  /** What is asked for together was often written together. */
  private volatile @Nullable Block last;

  private volatile boolean closed;

  /**
   * What is on the disk, after what was evicted.
   *
   * @param segments in order, at least one
   * @param packed how many of the first of them are packed
   * @param packedBytes how much those take
   * @param lastTable the blocks of the last that are durable
   */
  private record View(Segment[] segments, int packed, long packedBytes, BlockTable lastTable) {

    long first() {
      return segments[0].first();
    }

    Segment last() {
      return segments[segments.length - 1];
    }

    int indexOf(long offset) {
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

    SealedSegment sealed(int index) {
      return segments[index].sealed(segments[index + 1].first());
    }

    long bytes(int index) {
      return segments[index].file().toFile().length();
    }

    View withLast(BlockTable table) {
      return new View(segments, packed, packedBytes, table);
    }

    View with(Segment next, BlockTable table) {
      Segment[] more = Arrays.copyOf(segments, segments.length + 1);
      more[segments.length] = next;
      return new View(more, packed, packedBytes, table);
    }

    View withNextPacked() {
      return new View(segments, packed + 1, packedBytes + bytes(packed), lastTable);
    }

    View withPackedBytes(long bytes) {
      return new View(segments, packed, bytes, lastTable);
    }

    View without(int first, long bytes) {
      Segment[] rest = Arrays.copyOfRange(segments, first, segments.length);
      return new View(rest, packed - first, packedBytes - bytes, lastTable);
    }
  }

  /**
   * @param evicted the segments before those that were found; to be closed with this
   */
  StoredSegments(String name, long cacheBytes, EvictedSegments evicted, SegmentScan.Found found) {
    this.name = name;
    this.identity = found.identity();
    this.cache = new BlockCache(cacheBytes);
    this.evicted = evicted;
    List<Segment> segments = found.segments();
    long packedBytes =
        segments.subList(0, found.packed()).stream()
            .mapToLong(segment -> segment.file().toFile().length())
            .sum();
    this.view =
        new View(segments.toArray(Segment[]::new), found.packed(), packedBytes, found.lastTable());
  }

  UUID identity() {
    return identity;
  }

  long end() {
    return view.lastTable.end();
  }

  /** The last segment now has these durable blocks, the given ones at the end. */
  synchronized void show(BlockTable lastTable, List<Block> newBlocks) {
    newBlocks.forEach(cache::put);
    view = view.withLast(lastTable);
  }

  /** The last segment is sealed, and there is a next one. */
  synchronized void show(Segment next, BlockTable nextTable) {
    view = view.with(next, nextTable);
  }

  /** The first sealed segment that is not packed. */
  Optional<Segment> nextToPack() {
    View now = view;
    return now.packed < now.segments.length - 1
        ? Optional.of(now.segments[now.packed])
        : Optional.empty();
  }

  /** How many sealed segments are not packed. */
  int waitingToBePacked() {
    View now = view;
    return now.segments.length - 1 - now.packed;
  }

  /** The last packed segment, which the next one to be packed comes after. */
  Optional<Segment> lastPacked() {
    View now = view;
    return now.packed == 0 ? Optional.empty() : Optional.of(now.segments[now.packed - 1]);
  }

  /** The file of {@link #nextToPack} was replaced by a packed one. */
  synchronized void nextIsPacked() {
    view.segments[view.packed].release();
    view = view.withNextPacked();
  }

  /** The segment that begins with this record, if it is one and packed. */
  Optional<SealedSegment> packed(long first) {
    View now = view;
    if (first < now.first()) {
      return Optional.of(evicted.holding(first)).filter(it -> it.first().value() == first);
    }
    int index = now.indexOf(first);
    return now.segments[index].first() == first && index < now.packed
        ? Optional.of(now.sealed(index))
        : Optional.empty();
  }

  /** The last segment that the archive alone has the bytes of. */
  Optional<SealedSegment> lastEvicted() {
    return evicted.last();
  }

  /** The packed segment that begins with this record, and is chained to by a later one. */
  Segment chained(long first) {
    Segment segment = segmentAt(first);
    if (segment.first() != first || first >= lastPackedFirst()) {
      throw new InvalidRequest(
          "No segment that begins at %d is packed, and followed by a packed one".formatted(first));
    }
    return segment;
  }

  /** Puts another file in the place of such a segment. */
  void replace(ThinnedFile other) {
    synchronized (replacing) {
      Segment segment = chained(other.first().value());
      long end = following(segment).first();
      long before = segment.file().toFile().length();
      segment.replaceBy(other);
      show(segment.file().toFile().length() - before);
      cache.remove(segment.first(), end);
      last = null;
    }
  }

  private synchronized void show(long morePackedBytes) {
    view = view.withPackedBytes(view.packedBytes + morePackedBytes);
  }

  Segment following(Segment segment) {
    View now = view;
    return segment.first() < now.first()
        ? segmentAt(evicted.holding(segment.first()).end().value())
        : now.segments[now.indexOf(segment.first()) + 1];
  }

  private Segment segmentAt(long offset) {
    View now = view;
    return offset < now.first() ? evictedAt(offset) : now.segments[now.indexOf(offset)];
  }

  private Segment evictedAt(long offset) {
    SealedSegment segment = evicted.holding(offset);
    Path directory = Disk.directoryOf(segment.file());
    return open.find(
        segment.first().value(), first -> new Segment(directory, identity, first, evicted));
  }

  /** Where the last packed segment begins: all before it may be thinned. */
  long lastPackedFirst() {
    return lastPacked().map(Segment::first).orElse(0L);
  }

  /**
   * Evicts packed segments that end by {@code archived}, the oldest first. Whoever reads one
   * meanwhile goes on there or here.
   */
  void shrinkTo(long bytesMax, int segmentsMax, long archived) {
    synchronized (replacing) {
      View now = view;
      long bytes = now.packedBytes + bytes(now, now.packed);
      long bytesLeaving = 0;
      List<SealedSegment> leaving = new ArrayList<>();
      int count = 0;
      while ((bytes - bytesLeaving > bytesMax || now.segments.length - count > segmentsMax)
          && count + 1 < now.packed
          && now.segments[count + 1].first() <= archived) {
        leaving.add(now.sealed(count));
        bytesLeaving += now.bytes(count);
        count++;
      }
      if (count > 0) {
        evicted.add(leaving);
        showWithout(count, bytesLeaving);
        Arrays.stream(now.segments, 0, count).forEach(Segment::delete);
      }
    }
  }

  private synchronized void showWithout(int first, long bytes) {
    view = view.without(first, bytes);
  }

  /** How much the segments take on the disk, from the one on that begins with this record. */
  long bytesFrom(long first) {
    View now = view;
    return bytes(now, now.indexOf(first));
  }

  private static long bytes(View view, int from) {
    long bytes = view.lastTable.endPosition();
    for (int i = from; i < view.segments.length - 1; i++) {
      bytes += view.bytes(i);
    }
    return bytes;
  }

  /** The block of a record that someone asked for, and whose neighbours may be next. */
  Block block(LogOffset offset) {
    Block block = last;
    if (block == null || closed || !block.holds(offset.value())) {
      block = cached(offset.value());
      if (block == null) {
        block = read(offset.value());
        cache.put(block);
      }
      last = block;
    }
    return block;
  }

  /** The block of a record on the way of a reader, which comes by only once. */
  Block blockInPassing(long offset) {
    Block cached = cached(offset);
    return cached == null ? read(offset) : cached;
  }

  private @Nullable Block cached(long offset) {
    if (closed) {
      throw new InvalidRequest("The log '" + name + "' is closed");
    }
    return cache.find(offset);
  }

  private Block read(long offset) {
    View now = view;
    if (offset >= now.lastTable.end()) {
      throw new InvalidRequest(
          "The log '%s' ends at %d and has no durable record at %d"
              .formatted(name, now.lastTable.end(), offset));
    }
    return offset < now.last().first()
        ? readSealed(segmentAt(offset), offset)
        : readLast(now, offset);
  }

  /** The last segment may have been sealed, and packed, since {@code seen}. */
  private Block readLast(View seen, long offset) {
    Segment segment = seen.last();
    try {
      return segment.read(seen.lastTable, seen.lastTable.indexOf(offset));
    } catch (CorruptStore e) {
      if (view.last() == segment) {
        throw e;
      }
      return readSealed(segment, offset);
    }
  }

  private Block readSealed(Segment segment, long offset) {
    open.use(segment);
    return segment.block(offset);
  }

  void close() {
    closed = true;
    Arrays.stream(view.segments).forEach(Segment::release);
    open.close();
    evicted.close();
  }
}
