package dev.overseer.bench.flink;

import java.nio.ByteBuffer;

/** What was judged of a withdrawal at a cut. A POJO as Flink's serializer wants it. */
public final class Verdict {
  static final int BYTES = 3 * Long.BYTES + Byte.BYTES;

  // Outcomes, as the file of verdicts numbers them.
  static final byte PASSED = 0;
  static final byte NOT_APPLICABLE = 1;
  static final byte BOOKING_MISSING = 2;
  static final byte BOOKED_TWICE = 3;
  static final byte WRONG_AMOUNT = 4;
  static final byte ROOT_MISSING = 5;

  public long withdrawalHigh;
  public long withdrawalLow;
  public long cut;
  public byte outcome;

  /** Empty, to be filled by the serializer. */
  public Verdict() {}

  Verdict(long withdrawalHigh, long withdrawalLow, long cut, byte outcome) {
    this.withdrawalHigh = withdrawalHigh;
    this.withdrawalLow = withdrawalLow;
    this.cut = cut;
    this.outcome = outcome;
  }

  void write(ByteBuffer bytes) {
    bytes.putLong(withdrawalHigh).putLong(withdrawalLow).putLong(cut).put(outcome);
  }
}
