package dev.overseer.store.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The sealed segments that were read last: others let go of their files and their memory. */
final class OpenSegments {
  private static final int MAX = 32;

  private final Map<Long, Segment> byUse = new LinkedHashMap<>(64, 0.75f, true);

  /** The one that begins there, or else a new one. */
  synchronized Segment find(long first, LongFunction<Segment> make) {
    Segment open = byUse.get(first);
    return open == null ? make.apply(first) : open;
  }

  /** It is about to be read. */
  void use(Segment segment) {
    Segment tooMany = put(segment);
    if (tooMany != null) {
      tooMany.release();
    }
  }

  private synchronized @Nullable Segment put(Segment segment) {
    byUse.put(segment.first(), segment);
    if (byUse.size() <= MAX) {
      return null;
    }
    return byUse.remove(byUse.keySet().iterator().next());
  }

  synchronized void close() {
    byUse.values().forEach(Segment::release);
    byUse.clear();
  }
}
