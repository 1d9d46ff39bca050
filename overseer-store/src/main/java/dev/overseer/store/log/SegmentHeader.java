package dev.overseer.store.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.overseer.model.CorruptStore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The beginning of a segment file: whose it is, and the offset of its first record.
 *
 * @param createdMicros since the Unix epoch, on the clock of the process that made the file
 * @param previous of a packed segment: the SHA-256 of the file before it
 */
record SegmentHeader(
    UUID identity, String name, long first, long createdMicros, Optional<Sha256> previous) {
  static final int LENGTH_MAX = 256;

  private static final long MAGIC = 0x4F56455253454552L; // OVERSEER
  private static final short AS_WRITTEN = 1;
  private static final short PACKED = 2;
  private static final int PREVIOUS_AT = 44;
  private static final int CRC_LENGTH = 4;

  int length() {
    return nameAt(isPacked()) + name.getBytes(UTF_8).length + CRC_LENGTH;
  }

  private static int nameAt(boolean packed) {
    return PREVIOUS_AT + (packed ? Sha256.LENGTH : 0) + 1;
  }

  boolean isPacked() {
    return previous.isPresent();
  }

  /** Of the same segment, packed, behind the file with this SHA-256. */
  SegmentHeader after(Sha256 file) {
    return new SegmentHeader(identity, name, first, createdMicros, Optional.of(file));
  }

  byte[] toBytes() {
    byte[] utf8 = name.getBytes(UTF_8);
    ByteBuffer buffer = ByteBuffer.allocate(length());
    buffer.putLong(MAGIC).putShort(isPacked() ? PACKED : AS_WRITTEN).putShort((short) length());
    buffer.putLong(identity.getMostSignificantBits()).putLong(identity.getLeastSignificantBits());
    buffer.putLong(first).putLong(createdMicros);
    previous.ifPresent(digest -> buffer.put(digest.bytes()));
    buffer.put((byte) utf8.length).put(utf8);
    return buffer.putInt(crc(buffer.array(), buffer.position())).array();
  }

  /** Reads the header at the beginning of {@code bytes}, of which there may be more. */
  static SegmentHeader read(Path file, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (bytes.length < nameAt(false) + CRC_LENGTH || buffer.getLong() != MAGIC) {
      throw damaged(file, "does not begin like a segment of a log");
    }
    short version = buffer.getShort();
    if (version != AS_WRITTEN && version != PACKED) {
      throw damaged(
          file,
          "has the format version %d; this program reads up to %d".formatted(version, PACKED));
    }
    int length = buffer.getShort();
    int nameAt = nameAt(version == PACKED);
    int nameLength = length - nameAt - CRC_LENGTH;
    if (nameLength < 0
        || length > bytes.length
        || buffer.getInt(length - CRC_LENGTH) != crc(bytes, length - CRC_LENGTH)) {
      throw damaged(file, "has a damaged header");
    }
    UUID identity = new UUID(buffer.getLong(), buffer.getLong());
    long first = buffer.getLong();
    long created = buffer.getLong();
    return new SegmentHeader(
        identity,
        new String(bytes, nameAt, nameLength, UTF_8),
        first,
        created,
        version == PACKED ? Optional.of(readPrevious(buffer)) : Optional.empty());
  }

  private static Sha256 readPrevious(ByteBuffer buffer) {
    byte[] digest = new byte[Sha256.LENGTH];
    buffer.get(digest);
    return Sha256.of(digest);
  }

  private static CorruptStore damaged(Path file, String how) {
    return new CorruptStore(
        "The file %s %s: restore it from a copy, the log cannot be read without it"
            .formatted(file, how));
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
