package dev.overseer.store.keyvalue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A batch as RocksDB keeps it: handed over at once, where a native call for each change would cost
 * as much as the change. In the order of the keys, as far as their first bytes tell, because a
 * memtable takes neighbours one after the other in half the time; changes of one key keep theirs.
 *
 * <pre>
 * sequence number (8, zero)  number of changes (4, little-endian)  then of each change
 * put      05  space (varint)  length of the key (varint)  key  length of the value (varint)  value
 * removal  04  space (varint)  length of the key (varint)  key
 * </pre>
 */
final class SerializedBatch {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int COUNT_AT = 8;
  private static final int HEADER_BYTES = 12;
  private static final byte REMOVAL = 4;
  private static final byte PUT = 5;
  private static final int VARINT_BYTES_MAX = 5;

  /** What is sorted has, from its top: a zero, the space, the key's first bits, the place. */
  private static final int PLACE_BITS = 20;

  private static final int KEY_BITS = 35;
  private static final int SPACE_SHIFT = PLACE_BITS + KEY_BITS;
  private static final int SPACES_MAX = 1 << (Long.SIZE - 1 - SPACE_SHIFT);

  private final byte[] bytes;
  private int at = HEADER_BYTES;

  private SerializedBatch(int lengthMax) {
    bytes = new byte[lengthMax];
  }

  /**
   * @param idOf RocksDB's own number of a space
   */
  static byte[] of(WriteBatch batch, ToIntFunction<Space> idOf) {
    List<WriteBatch.Write> writes = batch.writes();
    int[] ids = ids(writes, idOf);
    SerializedBatch serialized = new SerializedBatch(lengthMax(writes));
    INT.set(serialized.bytes, COUNT_AT, writes.size());
    for (int place : order(writes, ids)) {
      serialized.add(writes.get(place), ids[place]);
    }
    return Arrays.copyOf(serialized.bytes, serialized.at);
  }

  private static int[] ids(List<WriteBatch.Write> writes, ToIntFunction<Space> idOf) {
    int[] ids = new int[writes.size()];
    for (int i = 0; i < ids.length; i++) {
      Space space = writes.get(i).space();
      boolean isAsBefore = i >= 2 && space.equals(writes.get(i - 2).space());
      ids[i] = isAsBefore ? ids[i - 2] : idOf.applyAsInt(space);
    }
    return ids;
  }

  private static int lengthMax(List<WriteBatch.Write> writes) {
    int length = HEADER_BYTES;
    for (WriteBatch.Write write : writes) {
      write.space().refuseWithoutGroup(write.key());
      length += 1 + 3 * VARINT_BYTES_MAX + write.key().length;
      length += write.value().map(value -> value.length).orElse(0);
    }
    return length;
  }

  private static int[] order(List<WriteBatch.Write> writes, int[] ids) {
    long[] sorted = new long[ids.length];
    boolean fits =
        ids.length <= 1 << PLACE_BITS && Arrays.stream(ids).allMatch(SerializedBatch::fits);
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = fits ? (long) ids[i] << SPACE_SHIFT | firstBits(writes.get(i).key()) | i : i;
    }
    Arrays.sort(sorted);
    int placeMask = fits ? (1 << PLACE_BITS) - 1 : -1;
    return Arrays.stream(sorted).mapToInt(element -> (int) element & placeMask).toArray();
  }

  private static boolean fits(int id) {
    return id < SPACES_MAX;
  }

  private static long firstBits(byte[] key) {
    byte[] first = key.length < Long.BYTES ? Arrays.copyOf(key, Long.BYTES) : key;
    return (long) LONG.get(first, 0) >>> (Long.SIZE - KEY_BITS) << PLACE_BITS;
  }

  private void add(WriteBatch.Write write, int id) {
    bytes[at++] = write.value().isPresent() ? PUT : REMOVAL;
    varint(id);
    addWithLength(write.key());
    write.value().ifPresent(this::addWithLength);
  }

  private void addWithLength(byte[] added) {
    varint(added.length);
    System.arraycopy(added, 0, bytes, at, added.length);
    at += added.length;
  }

  private void varint(int value) {
    int rest = value;
    while (rest > 0x7F) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
  }
}
