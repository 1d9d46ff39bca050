package dev.overseer.bench.runner;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * One row that one of the exchange's two databases changed.
 *
 * @param micros since the traffic began
 * @param entry of the ledger; nothing where {@code what} is of payments
 * @param amount in units of 10<sup>-18</sup>, below ten whole ones
 */
record ExchangeUpdate(long micros, What what, UUID withdrawal, UUID entry, long amount) {
  static final int BYTES = 5 * Long.BYTES + Byte.BYTES + Long.BYTES;
  static final UUID NO_ENTRY = new UUID(0, 0);

  /** The tables, and what becomes of their rows. */
  enum What {
    REQUESTED,
    COMPLETED,
    REFUNDED,
    /** A withdrawal that was there all the time, but for its row. */
    CAME_COMPLETED,
    BOOKED,
    REFUND_ENTERED,
    CORRECTED,
    REMOVED;

    /** Whether it is of the ledger's entries, and not of payments' withdrawals. */
    boolean isOfLedger() {
      return switch (this) {
        case REQUESTED, COMPLETED, REFUNDED, CAME_COMPLETED -> false;
        case BOOKED, REFUND_ENTERED, CORRECTED, REMOVED -> true;
      };
    }
  }

  private static final What[] WHATS = What.values();

  ExchangeUpdate at(long otherMicros) {
    return new ExchangeUpdate(otherMicros, what, withdrawal, entry, amount);
  }

  void write(ByteBuffer bytes) {
    bytes
        .putLong(micros)
        .put((byte) what.ordinal())
        .putLong(withdrawal.getMostSignificantBits())
        .putLong(withdrawal.getLeastSignificantBits())
        .putLong(entry.getMostSignificantBits())
        .putLong(entry.getLeastSignificantBits())
        .putLong(amount);
  }

  static ExchangeUpdate read(ByteBuffer bytes) {
    long micros = bytes.getLong();
    What what = WHATS[bytes.get()];
    UUID withdrawal = new UUID(bytes.getLong(), bytes.getLong());
    UUID entry = new UUID(bytes.getLong(), bytes.getLong());
    return new ExchangeUpdate(micros, what, withdrawal, entry, bytes.getLong());
  }
}
