package dev.overseer.model;

/** One committed transaction of a source, identified by where it was committed. */
public record TransactionId(Incarnation incarnation, SourcePosition commit) {

  @Override
  public String toString() {
    return incarnation + "@" + commit;
  }
}
