package dev.overseer.store.keyvalue;

/**
 * Goes through the entries of a range. It sees the store as it was when the cursor was opened,
 * whatever is written meanwhile. Belongs to one thread; to be closed soon, and before its store is.
 */
public interface Cursor extends AutoCloseable {

  /** Moves to the first or the next entry; false at the end. */
  boolean next();

  /** The key moved to. The caller may keep it and must not change it. */
  byte[] key();

  /** The value moved to. The caller may keep it and must not change it. */
  byte[] value();

  @Override
  void close();
}
