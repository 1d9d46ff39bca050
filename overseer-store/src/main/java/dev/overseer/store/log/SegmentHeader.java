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
 * @param previous of a packed segment: the SHA-256 of the file before it, as that was packed
 * @param thinned of a packed segment from which records were deleted
 */
record SegmentHeader(
    UUID identity,
    String name,
    long first,
    long createdMicros,
    Optional<Sha256> previous,
    Optional<Thinned> thinned) {
  static final int LENGTH_MAX = 256;

  private static final long MAGIC = 0x4F56455253454552L; // OVERSEER
  private static final short AS_WRITTEN = 1;
  private static final short PACKED = 2;
  private static final short THINNED = 3;
  private static final int PREVIOUS_AT = 44;
  private static final int CRC_LENGTH = 4;

  /**
   * What a thinned segment stands for.
   *
   * @param generation how often records were deleted from it
   * @param original the SHA-256 of the file before any were, which the next segment names
   */
  record Thinned(int generation, Sha256 original) {
    private static final int LENGTH = Integer.BYTES + Sha256.LENGTH;
  }

  int length() {
    return nameAt(version()) + name.getBytes(UTF_8).length + CRC_LENGTH;
  }

  private short version() {
    return thinned.isPresent() ? THINNED : isPacked() ? PACKED : AS_WRITTEN;
  }

  private static int nameAt(short version) {
    return PREVIOUS_AT
        + (version == AS_WRITTEN ? 0 : Sha256.LENGTH)
        + (version == THINNED ? Thinned.LENGTH : 0)
        + 1;
  }

  boolean isPacked() {
    return previous.isPresent();
  }

  /** How often records were deleted from it. */
  int generation() {
    return thinned.map(Thinned::generation).orElse(0);
  }

  /** Of the same segment, packed, behind the file with this SHA-256. */
  SegmentHeader after(Sha256 file) {
    return new SegmentHeader(
        identity, name, first, createdMicros, Optional.of(file), Optional.empty());
  }

  /** Of the same segment, once more thinned; now it is the file with this SHA-256. */
  SegmentHeader thinned(Sha256 now) {
    Thinned next = new Thinned(generation() + 1, thinned.map(Thinned::original).orElse(now));
    return new SegmentHeader(identity, name, first, createdMicros, previous, Optional.of(next));
  }

  byte[] toBytes() {
    byte[] utf8 = name.getBytes(UTF_8);
    ByteBuffer buffer = ByteBuffer.allocate(length());
    buffer.putLong(MAGIC).putShort(version()).putShort((short) length());
    buffer.putLong(identity.getMostSignificantBits()).putLong(identity.getLeastSignificantBits());
    buffer.putLong(first).putLong(createdMicros);
    previous.ifPresent(digest -> buffer.put(digest.bytes()));
    thinned.ifPresent(it -> buffer.putInt(it.generation()).put(it.original().bytes()));
    buffer.put((byte) utf8.length).put(utf8);
    return buffer.putInt(crc(buffer.array(), buffer.position())).array();
  }

  /** Of a file on the disk. */
  static SegmentHeader of(Path file) {
    try (SegmentContent content = SegmentContent.onDisk(file)) {
      return read(file, content.read(0, LENGTH_MAX));
    }
  }

  /** Reads the header at the beginning of {@code bytes}, of which there may be more. */
  static SegmentHeader read(Path file, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (bytes.length < nameAt(AS_WRITTEN) + CRC_LENGTH || buffer.getLong() != MAGIC) {
      throw damaged(file, "does not begin like a segment of a log");
    }
    short version = buffer.getShort();
    if (version < AS_WRITTEN || version > THINNED) {
      throw damaged(
          file,
          "has the format version %d; this program reads up to %d".formatted(version, THINNED));
    }
    int length = buffer.getShort();
    int nameAt = nameAt(version);
    int nameLength = length - nameAt - CRC_LENGTH;
    if (nameLength < 0
        || length > bytes.length
        || buffer.getInt(length - CRC_LENGTH) != crc(bytes, length - CRC_LENGTH)) {
      throw damaged(file, "has a damaged header");
    }
    UUID identity = new UUID(buffer.getLong(), buffer.getLong());
    long first = buffer.getLong();
    long created = buffer.getLong();
    Optional<Sha256> previous =
        version == AS_WRITTEN ? Optional.empty() : Optional.of(readDigest(buffer));
    Optional<Thinned> thinned =
        version == THINNED
            ? Optional.of(new Thinned(buffer.getInt(), readDigest(buffer)))
            : Optional.empty();
    String name = new String(bytes, nameAt, nameLength, UTF_8);
    return new SegmentHeader(identity, name, first, created, previous, thinned);
  }

  private static Sha256 readDigest(ByteBuffer buffer) {
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
