package dev.overseer.ingestion;

import dev.overseer.model.EffectiveTime;

/**
 * Takes readings of a source's clock over a connection of its own, so that a slow answer never
 * holds up the stream. Belongs to one thread.
 */
public interface SourceClock extends AutoCloseable {

  /** Connects first, if need be. */
  Probe read() throws SourceLost;

  /**
   * Looks whether the source still sends what is wanted of it.
   *
   * @param since everything before it is stored
   */
  SourceCondition inspect(EffectiveTime since) throws SourceLost;

  @Override
  void close();
}
