package dev.overseer.model;

/**
 * What identifies a chunk of existing rows as a transaction: where in the source's log it was
 * placed, and which of those placed there it is. It comes after everything committed before {@code
 * at}, and before whatever is committed there.
 *
 * @param number no two of a log's chunks have the same
 */
public record ChunkPosition(Lsn at, long number)
    implements SourcePosition, Comparable<ChunkPosition> {

  @Override
  public int compareTo(ChunkPosition other) {
    int order = at.compareTo(other.at);
    return order == 0 ? Long.compare(number, other.number) : order;
  }

  @Override
  public String toString() {
    return at + "~" + number;
  }
}
