package dev.overseer.store.keyvalue;

import java.util.Optional;

/**
 * Byte keys and values in a few {@link Space}s that are named when the store is opened, each
 * ordered by the unsigned bytes of its keys. How much survives a crash is said by its {@link
 * Durability}.
 *
 * <p>Safe for many threads: a read sees whole batches only, and every batch written before it. Not
 * to be used after {@link #close}. Every method fails with {@link dev.overseer.model.Unavailable}
 * when the disk refuses, with {@link dev.overseer.model.CorruptStore} when what it holds is not
 * what was written, and with {@link dev.overseer.model.InvalidRequest} for a space it does not
 * have.
 */
public interface OrderedStore extends AutoCloseable {

  Optional<byte[]> find(Space space, byte[] key);

  /** The range's entries in the order of their keys. */
  Cursor ascending(Space space, KeyRange range);

  /** The range's entries in the reverse order of their keys. */
  Cursor descending(Space space, KeyRange range);

  /** What it is asked before the next write is answered as of now. To be closed before that. */
  default PrefixLookup lookup(Space space) {
    return new PrefixLookup() {
      @Override
      public boolean finds(byte[] prefix) {
        try (Cursor cursor = ascending(space, KeyRange.prefix(prefix))) {
          return cursor.next();
        }
      }

      @Override
      public void close() {
        // Nothing is open between two questions.
      }
    };
  }

  /** Applies all of the batch, or nothing of it. */
  void write(WriteBatch batch);

  /** Makes everything written before this call survive any crash. Costly: it waits for the disk. */
  void flush();

  /** Flushes and ends. Cursors are to be closed before, and no other call may be under way. */
  @Override
  void close();
}
