package dev.overseer.store.keys;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One subject's place in the file of keys: 128 bytes, so that it never lies across two sectors and
 * is overwritten whole. An erased one keeps the key's name alone.
 *
 * @param name of the key, in 9 bytes: what tokens begin with
 * @param subject the keyed hash of the subject, in 32 bytes; zeros when it is erased
 * @param wrapped the key under the master key; zeros when it is erased
 * @param durable how many slots were durable when this one was written
 */
record KeySlot(State state, byte[] name, byte[] subject, byte[] wrapped, long durable) {
  static final int LENGTH = 128;
  static final int NAME_LENGTH = 9;
  static final int SUBJECT_LENGTH = 32;

  private static final int CHECKED = LENGTH - Integer.BYTES;

  enum State {
    KEY('k'),
    ERASED('e');

    private final char code;

    State(char code) {
      this.code = code;
    }
  }

  KeySlot erased() {
    return new KeySlot(
        State.ERASED, name, new byte[SUBJECT_LENGTH], new byte[MasterKey.WRAPPED_LENGTH], durable);
  }

  byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(LENGTH)
            .put((byte) state.code)
            .put(name)
            .put(subject)
            .put(wrapped)
            .putLong(durable);
    return bytes.putInt(CHECKED, checksum(bytes.array())).array();
  }

  /** Empty when the bytes are not what was written. */
  static Optional<KeySlot> find(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (bytes.length < LENGTH || buffer.getInt(CHECKED) != checksum(bytes)) {
      return Optional.empty();
    }
    char code = (char) buffer.get();
    return Arrays.stream(State.values())
        .filter(state -> state.code == code)
        .findFirst()
        .map(
            state ->
                new KeySlot(
                    state,
                    taken(buffer, NAME_LENGTH),
                    taken(buffer, SUBJECT_LENGTH),
                    taken(buffer, MasterKey.WRAPPED_LENGTH),
                    buffer.getLong()));
  }

  private static byte[] taken(ByteBuffer buffer, int length) {
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }

  private static int checksum(byte[] slot) {
    CRC32C checksum = new CRC32C();
    checksum.update(slot, 0, CHECKED);
    return (int) checksum.getValue();
  }
}
