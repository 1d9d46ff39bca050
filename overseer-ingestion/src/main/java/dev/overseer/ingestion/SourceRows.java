package dev.overseer.ingestion;

/**
 * Reads the rows that exist, over a connection of its own: each chunk by one short query, which
 * holds up nobody. Belongs to one thread.
 */
public interface SourceRows extends AutoCloseable {

  /** A number that is above that of every transaction that has begun to write by now. */
  long fence() throws SourceLost;

  /** Whether every transaction below the fence has ended, for everybody to see. */
  boolean isPast(long fence) throws SourceLost;

  /**
   * Reads the rows that the order names first.
   *
   * @param rowsMax fewer are read where rows are large
   */
  Chunk read(ReadingOrder order, int rowsMax) throws SourceLost;

  @Override
  void close();
}
