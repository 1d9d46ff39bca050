package dev.overseer.bench.flink;

import java.nio.ByteBuffer;

/** One row that changed, as the traffic's file has it. A POJO as Flink's serializer wants it. */
public final class Change {
  static final int BYTES = 6 * Long.BYTES + Byte.BYTES;

  // What happened, as the file numbers it.
  static final byte REQUESTED = 0;
  static final byte COMPLETED = 1;
  static final byte REFUNDED = 2;
  static final byte CAME_COMPLETED = 3;
  static final byte BOOKED = 4;
  static final byte REFUND_ENTERED = 5;
  static final byte CORRECTED = 6;
  static final byte REMOVED = 7;

  public long micros;
  public byte what;
  public long withdrawalHigh;
  public long withdrawalLow;
  public long entryHigh;
  public long entryLow;
  public long amount;

  /** Empty, to be filled by the serializer. */
  public Change() {}

  /** Reads the change that is there. */
  static Change read(ByteBuffer bytes, int from) {
    Change change = new Change();
    change.micros = bytes.getLong(from);
    change.what = bytes.get(from + 8);
    change.withdrawalHigh = bytes.getLong(from + 9);
    change.withdrawalLow = bytes.getLong(from + 17);
    change.entryHigh = bytes.getLong(from + 25);
    change.entryLow = bytes.getLong(from + 33);
    change.amount = bytes.getLong(from + 41);
    return change;
  }
}
