package dev.overseer.store.log;

import dev.overseer.model.CorruptStore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The end of a sealed segment: the table of its blocks, and a trailer that says where it begins.
 */
final class SegmentFooter {
  private static final int MAGIC = 0x4F564654; // OVFT
  private static final long TRAILER_MAGIC = 0x4F565345414C4544L; // OVSEALED
  private static final int ENTRIES_AT = 8;
  private static final int ENTRY_LENGTH = 16;
  private static final int CRC_AND_MAGIC_LENGTH = 12;
  static final int TRAILER_LENGTH = 36;

  private SegmentFooter() {}

  static byte[] toBytes(BlockTable table, long first, UUID identity) {
    int length = ENTRIES_AT + table.count() * ENTRY_LENGTH + TRAILER_LENGTH;
    ByteBuffer buffer = ByteBuffer.allocate(length).putInt(MAGIC).putInt(table.count());
    for (int i = 0; i < table.count(); i++) {
      buffer.putLong(table.first(i)).putLong(table.position(i));
    }
    buffer.putLong(first).putLong(table.end()).putLong(table.endPosition());
    return buffer
        .putInt(crc(buffer.array(), buffer.position(), identity))
        .putLong(TRAILER_MAGIC)
        .array();
  }

  /** Whether these last bytes of a file are a trailer; {@link #read} checks that they are sound. */
  static boolean isTrailer(byte[] bytes) {
    return bytes.length == TRAILER_LENGTH
        && ByteBuffer.wrap(bytes).getLong(TRAILER_LENGTH - Long.BYTES) == TRAILER_MAGIC;
  }

  /** Where in the file the footer begins, says this trailer. */
  static long position(byte[] trailer) {
    return ByteBuffer.wrap(trailer).getLong(2 * Long.BYTES);
  }

  /** Reads a whole footer. */
  static BlockTable read(Path file, byte[] bytes, UUID identity) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (!isSound(buffer, identity)) {
      throw new CorruptStore(
          "The file %s has a damaged footer: restore it from a copy".formatted(file));
    }
    int count = buffer.getInt(Integer.BYTES);
    long[] firsts = new long[count];
    long[] positions = new long[count];
    buffer.position(ENTRIES_AT);
    for (int i = 0; i < count; i++) {
      firsts[i] = buffer.getLong();
      positions[i] = buffer.getLong();
    }
    buffer.getLong();
    return BlockTable.of(firsts, positions, buffer.getLong(), buffer.getLong());
  }

  private static boolean isSound(ByteBuffer footer, UUID identity) {
    int length = footer.capacity();
    return length >= ENTRIES_AT + TRAILER_LENGTH
        && footer.getInt(0) == MAGIC
        && footer.getInt(Integer.BYTES) * (long) ENTRY_LENGTH
            == length - ENTRIES_AT - TRAILER_LENGTH
        && footer.getInt(length - CRC_AND_MAGIC_LENGTH)
            == crc(footer.array(), length - CRC_AND_MAGIC_LENGTH, identity);
  }

  private static int crc(byte[] bytes, int length, UUID identity) {
    CRC32C crc = new CRC32C();
    crc.update(
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(identity.getMostSignificantBits())
            .putLong(identity.getLeastSignificantBits())
            .flip());
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
