package dev.overseer.bench.flink;

import java.util.Arrays;

/**
 * What is kept of a withdrawal: its row and its entries as of the last judgement, and the changes
 * since, which a judgement at an earlier time must not see. A POJO as Flink's serializer wants it,
 * with arrays of numbers, which it writes at once.
 */
public final class Withdrawal {
  private static final int PENDING_FIELDS = 5;
  private static final int ENTRY_FIELDS = 4;
  private static final long BOOKING = 1;
  private static final long REFUND = 2;

  public boolean present;
  public long amount;

  /** Of each entry: id, amount, kind. */
  public long[] entries = {};

  /** Of each change: time, what, the entry's id, amount; in the order in which they came. */
  public long[] pending = {};

  /** Without a row or entries. */
  public Withdrawal() {}

  void add(Change change) {
    int at = pending.length;
    pending = Arrays.copyOf(pending, at + PENDING_FIELDS);
    pending[at] = change.micros;
    pending[at + 1] = change.what;
    pending[at + 2] = change.entryHigh;
    pending[at + 3] = change.entryLow;
    pending[at + 4] = change.amount;
  }

  /**
   * Applies what had changed by a time.
   *
   * @return whether there was anything
   */
  boolean advance(long micros) {
    int done = 0;
    while (done < pending.length && pending[done] <= micros) {
      apply(done);
      done += PENDING_FIELDS;
    }
    if (done > 0) {
      pending = Arrays.copyOfRange(pending, done, pending.length);
    }
    return done > 0;
  }

  private void apply(int at) {
    long high = pending[at + 2];
    long low = pending[at + 3];
    long changed = pending[at + 4];
    switch ((byte) pending[at + 1]) {
      case Change.REQUESTED, Change.COMPLETED, Change.REFUNDED, Change.CAME_COMPLETED -> {
        present = true;
        amount = changed;
      }
      case Change.BOOKED -> enter(high, low, changed, BOOKING);
      case Change.REFUND_ENTERED -> enter(high, low, changed, REFUND);
      case Change.CORRECTED -> entries[find(high, low) + 2] = changed;
      case Change.REMOVED -> remove(find(high, low));
      default -> throw new IllegalStateException("The file has another format");
    }
  }

  private void enter(long high, long low, long entered, long kind) {
    int at = entries.length;
    entries = Arrays.copyOf(entries, at + ENTRY_FIELDS);
    entries[at] = high;
    entries[at + 1] = low;
    entries[at + 2] = entered;
    entries[at + 3] = kind;
  }

  private int find(long high, long low) {
    int at = 0;
    while (entries[at] != high || entries[at + 1] != low) {
      at += ENTRY_FIELDS;
    }
    return at;
  }

  private void remove(int at) {
    long[] left = Arrays.copyOf(entries, entries.length - ENTRY_FIELDS);
    System.arraycopy(entries, at + ENTRY_FIELDS, left, at, entries.length - at - ENTRY_FIELDS);
    entries = left;
  }

  byte judge() {
    if (!present) {
      return entries.length > 0 ? Verdict.ROOT_MISSING : Verdict.NOT_APPLICABLE;
    }
    int bookings = 0;
    boolean isAmountRight = true;
    for (int at = 0; at < entries.length; at += ENTRY_FIELDS) {
      if (entries[at + 3] == BOOKING) {
        bookings++;
        isAmountRight &= entries[at + 2] == amount;
      }
    }
    return switch (bookings) {
      case 0 -> Verdict.BOOKING_MISSING;
      case 1 -> isAmountRight ? Verdict.PASSED : Verdict.WRONG_AMOUNT;
      default -> Verdict.BOOKED_TWICE;
    };
  }
}
