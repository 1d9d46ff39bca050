package dev.overseer.model;

/** A place in a source's own log. Comparable only within one {@link Incarnation}. */
public sealed interface SourcePosition permits Lsn, ChunkPosition {

  /** The position as the source's own tools write it. */
  @Override
  String toString();
}
