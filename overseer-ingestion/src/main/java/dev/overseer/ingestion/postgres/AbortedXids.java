package dev.overseer.ingestion.postgres;

import java.util.Arrays;

/**
 * The subtransactions of one transaction that were rolled back: four bytes each, since a program
 * may roll back to a savepoint for every row.
 */
final class AbortedXids {
  private int[] xids = new int[8];
  private int size;
  private boolean sorted = true;

  void add(int xid) {
    if (size == xids.length) {
      xids = Arrays.copyOf(xids, size * 2);
    }
    xids[size++] = xid;
    sorted = false;
  }

  boolean contains(int xid) {
    if (!sorted) {
      Arrays.sort(xids, 0, size);
      sorted = true;
    }
    return Arrays.binarySearch(xids, 0, size, xid) >= 0;
  }
}
