package dev.overseer.ingestion;

import java.util.Arrays;

/**
 * Which transactions a reading of rows saw: all with a number below {@code xmin}, none from {@code
 * xmax} on, and of those between all but the ones that were in progress. Numbers are the source's
 * whole ones, which never come again.
 *
 * @param inProgress in ascending order
 */
public record Visibility(long xmin, long xmax, long[] inProgress) {
  /**
   * @param xid of which the stream tells the low 32 bits only; it is no further from {@code xmax}
   *     than half of what these can number
   */
  boolean sees(long xid) {
    long whole = whole(xid);
    return whole < xmin || (whole < xmax && Arrays.binarySearch(inProgress, whole) < 0);
  }

  private long whole(long xid) {
    long distance = (int) (xid - xmax);
    return xmax + distance;
  }
}
