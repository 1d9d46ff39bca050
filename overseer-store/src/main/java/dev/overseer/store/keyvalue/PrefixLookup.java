package dev.overseer.store.keyvalue;

/**
 * Tells whether there is anything under many keys' beginnings, all as of one moment: where there
 * mostly is nothing, that costs a fraction of a {@link Cursor} for each. Belongs to one thread.
 */
public interface PrefixLookup extends AutoCloseable {

  /** Whether any key begins with {@code prefix}, which holds a whole group where there are such. */
  boolean finds(byte[] prefix);

  @Override
  void close();
}
