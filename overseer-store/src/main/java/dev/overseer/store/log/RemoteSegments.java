package dev.overseer.store.log;

import dev.overseer.model.InvalidRequest;

/** Where the segments of a log are read from that its disk does not hold any more. */
public interface RemoteSegments {
  /** There is no such place, and so nothing may be evicted. */
  RemoteSegments NONE =
      (name, _, _) -> {
        throw new InvalidRequest(
            "The segment %s is in the archive alone: say with --config where that is"
                .formatted(name));
      };

  /**
   * Exactly so many bytes of a segment.
   *
   * @param name that the segment has in the archive
   * @throws dev.overseer.model.Unavailable when it does not answer
   */
  byte[] read(String name, long position, int length);
}
