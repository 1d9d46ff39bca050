package dev.overseer.ingestion;

/**
 * Takes readings of a source's clock over a connection of its own, so that a slow answer never
 * holds up the stream. Belongs to one thread.
 */
public interface SourceClock extends AutoCloseable {

  /** Connects first, if need be. */
  Probe read() throws SourceLost;

  /** Looks whether the source still sends what is wanted of it. Connects first, if need be. */
  SourceCondition inspect() throws SourceLost;

  /** Writes a message into the source's log, if that is possible and allowed there. */
  default void beat() throws SourceLost {}

  @Override
  void close();
}
