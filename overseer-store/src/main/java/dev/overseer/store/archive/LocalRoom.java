package dev.overseer.store.archive;

/**
 * What a disk is to hold of a log that has an archive. Each segment takes some memory, too, as long
 * as it is there.
 *
 * @param segmentsMax however small they are
 */
public record LocalRoom(long bytesMax, int segmentsMax) {
  static final LocalRoom NONE = new LocalRoom(0, 0);

  private static final int SEGMENTS_MAX = 4096;

  /** About so many bytes, in no more than {@value #SEGMENTS_MAX} segments. */
  public static LocalRoom ofBytes(long max) {
    return new LocalRoom(max, SEGMENTS_MAX);
  }

  boolean holds(long bytes, int segments) {
    return bytes <= bytesMax && segments <= segmentsMax;
  }
}
