package dev.overseer.store.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Some neighbouring records, as they lie in a segment: a header, the records' bytes, and the table
 * of where each of them ends. The checksum covers the log's identity too, so that a block of
 * another log, or bytes in a record that look like a block, are not taken for one.
 *
 * <p>Plain arrays and positions: millions of records a second pass here, and an object for each
 * would be most of the work.
 */
final class Block {
  static final int MAGIC = 0x4F56424B; // OVBK
  static final int HEADER_LENGTH = 40;
  static final int STORED_LENGTH_AT = 4;
  static final int BODY_LENGTH_AT = 8;
  static final int FIRST_AT = 12;
  static final int COUNT_AT = 20;
  static final int DURABLE_AT = 24;
  static final int CODEC_AT = 32;
  static final int CRC_AT = 36;
  static final int END_LENGTH = 4;
  static final byte CODEC_NONE = 0;
  static final byte CODEC_ZSTD = 1;

  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final long first;
  private final int count;
  private final int endsAt;

  /** Of a whole block's bytes that are known to be sound. */
  Block(byte[] bytes) {
    this.bytes = bytes;
    this.first = (long) LONG.get(bytes, FIRST_AT);
    this.count = (int) INT.get(bytes, COUNT_AT);
    this.endsAt = bytes.length - count * END_LENGTH;
  }

  /** The offset of its first record. */
  long first() {
    return first;
  }

  /** The offset after its last record. */
  boolean holds(long offset) {
    return offset >= first() && offset < end();
  }

  long end() {
    return first + count;
  }

  /** How far the log was durable when the block was written: proof that it once was. */
  long durable() {
    return (long) LONG.get(bytes, DURABLE_AT);
  }

  int count() {
    return count;
  }

  int length() {
    return bytes.length;
  }

  /** All of it, as it lies in the file; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** A copy of what follows the header. */
  byte[] body() {
    return Arrays.copyOfRange(bytes, HEADER_LENGTH, bytes.length);
  }

  void addTo(BlockBuilder builder) {
    int from = HEADER_LENGTH;
    for (int i = 0; i < count; i++) {
      builder.add(bytes, from, endOf(i));
      from = endOf(i);
    }
  }

  /** The bytes of one record. */
  byte[] record(int index) {
    return Arrays.copyOfRange(bytes, startOf(index), endOf(index));
  }

  <R> R record(long offset, RecordCodec<R> codec) {
    int index = (int) (offset - first);
    return codec.decode(bytes, startOf(index), endOf(index));
  }

  /** Whether the record has no content. */
  boolean isBlank(long offset) {
    int index = (int) (offset - first);
    return startOf(index) == endOf(index);
  }

  private int startOf(int index) {
    return index == 0 ? HEADER_LENGTH : endOf(index - 1);
  }

  private int endOf(int index) {
    return (int) INT.get(bytes, endsAt + index * END_LENGTH);
  }

  /**
   * The length of the whole block whose header is at {@code at}, if that looks like a header; the
   * checksum then decides.
   */
  static Optional<Long> announcedLength(byte[] bytes, int at) {
    if (bytes.length - at < HEADER_LENGTH || (int) INT.get(bytes, at) != MAGIC) {
      return Optional.empty();
    }
    int stored = (int) INT.get(bytes, at + STORED_LENGTH_AT);
    int body = (int) INT.get(bytes, at + BODY_LENGTH_AT);
    int count = (int) INT.get(bytes, at + COUNT_AT);
    boolean plausible =
        isStoredLengthPlausible(bytes[at + CODEC_AT], stored, body)
            && count > 0
            && (long) count * END_LENGTH <= body;
    return plausible ? Optional.of((long) HEADER_LENGTH + stored) : Optional.empty();
  }

  private static boolean isStoredLengthPlausible(byte codec, int stored, int body) {
    return switch (codec) {
      case CODEC_NONE -> stored == body;
      case CODEC_ZSTD -> stored > 0 && body > 0;
      default -> false;
    };
  }

  /** The block that {@code bytes} are, the whole of them, if they are sound. */
  static Optional<Block> of(byte[] bytes, UUID identity) {
    boolean sound =
        announcedLength(bytes, 0).filter(length -> length == bytes.length).isPresent()
            && (int) INT.get(bytes, CRC_AT) == crc(bytes, bytes.length, identity);
    if (!sound) {
      return Optional.empty();
    }
    return bytes[CODEC_AT] == CODEC_ZSTD
        ? PackedBlock.unpack(bytes)
        : Optional.of(new Block(bytes));
  }

  /** Over the log's identity, the header before the checksum, and the body. */
  static int crc(byte[] bytes, int length, UUID identity) {
    byte[] salt = new byte[2 * Long.BYTES];
    LONG.set(salt, 0, identity.getMostSignificantBits());
    LONG.set(salt, Long.BYTES, identity.getLeastSignificantBits());
    CRC32C crc = new CRC32C();
    crc.update(salt, 0, salt.length);
    crc.update(bytes, 0, CRC_AT);
    crc.update(bytes, HEADER_LENGTH, length - HEADER_LENGTH);
    return (int) crc.getValue();
  }
}
