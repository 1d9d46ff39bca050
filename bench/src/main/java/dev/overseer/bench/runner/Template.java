package dev.overseer.bench.runner;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.UUID;

/**
 * A pgoutput message in which the ids and the amount are still to be filled in: making one from it
 * costs little more than a copy.
 *
 * @param withdrawalAt where the withdrawal's id belongs; negative where the message has none
 * @param entryAt the entry's
 * @param amountAt the amount's
 */
record Template(byte[] message, int withdrawalAt, int entryAt, int amountAt) {
  static final String WITHDRAWAL = "w".repeat(36);
  static final String ENTRY = "e".repeat(36);
  static final String AMOUNT = "a".repeat(20);

  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
  private static final int FRACTION_DIGITS = 18;

  /** Of a message in which the three placeholders stand. */
  static Template of(byte[] message) {
    String text = new String(message, US_ASCII);
    return new Template(
        message, text.indexOf(WITHDRAWAL), text.indexOf(ENTRY), text.indexOf(AMOUNT));
  }

  byte[] filled(ExchangeUpdate update) {
    byte[] bytes = message.clone();
    if (withdrawalAt >= 0) {
      writeUuid(bytes, withdrawalAt, update.withdrawal());
    }
    if (entryAt >= 0) {
      writeUuid(bytes, entryAt, update.entry());
    }
    if (amountAt >= 0) {
      writeAmount(bytes, amountAt, update.amount());
    }
    return bytes;
  }

  private static void writeUuid(byte[] bytes, int from, UUID id) {
    int at = from;
    for (int digit = 0; digit < 32; digit++) {
      if (digit == 8 || digit == 12 || digit == 16 || digit == 20) {
        bytes[at++] = '-';
      }
      long half = digit < 16 ? id.getMostSignificantBits() : id.getLeastSignificantBits();
      bytes[at++] = HEX[(int) (half >>> (60 - 4 * (digit & 15))) & 15];
    }
  }

  /** One digit, a point, and eighteen digits. */
  private static void writeAmount(byte[] bytes, int from, long amount) {
    long left = amount;
    for (int at = from + FRACTION_DIGITS + 1; at > from + 1; at--) {
      bytes[at] = (byte) ('0' + left % 10);
      left /= 10;
    }
    bytes[from + 1] = '.';
    bytes[from] = (byte) ('0' + left);
  }
}
