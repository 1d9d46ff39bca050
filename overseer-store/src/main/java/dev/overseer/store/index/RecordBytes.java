package dev.overseer.store.index;

import static dev.overseer.model.ModelDefinition.KEY_COLUMNS_MAX;

import dev.overseer.model.InvalidRequest;
import dev.overseer.store.log.ByteWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * How a record becomes the beginning of an ordered key. What is read together is a group, known by
 * the first four bytes, which spread evenly; records of one group may have nothing else in common.
 *
 * <pre>
 * any record        hash of the rest (4)  shape (2)  its key's values, see KeyText
 * of one UUID       scrambled UUID (4)    shape (2)  the rest of it (12)
 * a shape           the model (11 bits)   number of values, 0 for one UUID (5 bits)
 * values elsewhere  the values; of one UUID, all of it scrambled (16)
 * </pre>
 *
 * Most keys are one UUID. Scrambled, so that it can be told again, its own first bytes are the
 * hash: nothing else would make the index smaller, since no compressor can do anything with either.
 */
final class RecordBytes {
  static final int GROUP_BYTES = Integer.BYTES;
  static final int SHAPE_BYTES = 2;
  static final int MODELS_MAX = 1 << 11;

  private static final int SIZE_BITS = 5;
  private static final int ONE_UUID = 0;
  private static final int UUID_BYTES = 16;
  private static final int VALUES_AT = GROUP_BYTES + SHAPE_BYTES;
  private static final long FACTOR = 0x9E3779B97F4A7C15L;
  private static final long INVERSE = inverse(FACTOR);

  private RecordBytes() {}

  static byte[] write(int model, List<String> values) {
    UUID one = values.size() == 1 ? KeyText.findUuid(values.getFirst()) : null;
    return one == null ? writeValues(model, values) : writeUuid(model, one);
  }

  private static byte[] writeUuid(int model, UUID uuid) {
    long low = uuid.getLeastSignificantBits();
    long high = (uuid.getMostSignificantBits() ^ spread(low)) * FACTOR;
    return ByteBuffer.allocate(SHAPE_BYTES + UUID_BYTES)
        .putInt((int) (high >>> Integer.SIZE))
        .putShort((short) (model << SIZE_BITS | ONE_UUID))
        .putInt((int) high)
        .putLong(low)
        .array();
  }

  private static byte[] writeValues(int model, List<String> values) {
    if (values.size() > KEY_COLUMNS_MAX) {
      throw new InvalidRequest(
          "A key of %d values cannot be indexed, only of up to %d"
              .formatted(values.size(), KEY_COLUMNS_MAX));
    }
    int shape = model << SIZE_BITS | values.size();
    ByteWriter bytes = new ByteWriter(128).fixedInt(0).octet(shape >>> Byte.SIZE).octet(shape);
    values.forEach(value -> KeyText.append(bytes, value));
    return bytes.fixedIntAt(0, hash(bytes)).toBytes();
  }

  /** Of all but the first bytes, where it belongs. */
  static int hash(ByteWriter bytes) {
    long hash = 0;
    for (int at = GROUP_BYTES; at < bytes.length(); at += Long.BYTES) {
      hash = spread(hash ^ bytes.upToEightAt(at));
    }
    return (int) (hash >>> Integer.SIZE);
  }

  private static long spread(long bits) {
    long product = bits * FACTOR;
    return product ^ product >>> Integer.SIZE;
  }

  static int modelOf(int shape) {
    return shape >>> SIZE_BITS;
  }

  /** How many values follow, as {@link #readValues} wants it. */
  static int sizeOf(int shape) {
    return shape & KEY_COLUMNS_MAX;
  }

  static int shapeOf(byte[] record) {
    return ByteBuffer.wrap(record).getShort(GROUP_BYTES) & 0xFFFF;
  }

  /** The values that a record's bytes hold. */
  static List<String> valuesOf(byte[] record) {
    ByteWriter values = new ByteWriter(record.length);
    appendValues(values, record);
    return readValues(sizeOf(shapeOf(record)), ByteBuffer.wrap(values.toBytes()));
  }

  /** Adds a record's values where its shape is known. */
  static void appendValues(ByteWriter bytes, byte[] record) {
    if (sizeOf(shapeOf(record)) == ONE_UUID) {
      bytes.raw(record, 0, GROUP_BYTES);
    }
    bytes.raw(record, VALUES_AT, record.length - VALUES_AT);
  }

  /** What {@link #appendValues} has added, given its size. */
  static List<String> readValues(int size, ByteBuffer buffer) {
    if (size == ONE_UUID) {
      return List.of(uuid(buffer.getLong(), buffer));
    }
    List<String> values = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      values.add(KeyText.read(buffer));
    }
    return values;
  }

  private static String uuid(long high, ByteBuffer rest) {
    long low = rest.getLong();
    return new UUID(high * INVERSE ^ spread(low), low).toString();
  }

  /** Of an odd number, modulo 2 to the 64th: each step doubles the bits that are right. */
  private static long inverse(long odd) {
    long inverse = odd;
    for (int rightBits = 3; rightBits < Long.SIZE; rightBits *= 2) {
      inverse *= 2 - odd * inverse;
    }
    return inverse;
  }
}
