package dev.overseer.store.log;

/** How the records of one log are written as bytes. Stateless; safe for many threads. */
public interface RecordCodec<R> {

  /** At least one byte: a record without content is not shown to readers. */
  byte[] encode(R record);

  /**
   * Reads what {@link #encode} wrote, from {@code bytes[from, to)}.
   *
   * @throws dev.overseer.model.CorruptStore when the bytes are not such a record
   */
  R decode(byte[] bytes, int from, int to);
}
