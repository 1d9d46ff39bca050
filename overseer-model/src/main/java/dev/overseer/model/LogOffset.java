package dev.overseer.model;

/**
 * The place of a record in a log: records are numbered densely from 0 in the order in which they
 * were appended. It is the exact form of arrival time.
 */
public record LogOffset(long value) implements Comparable<LogOffset> {
  public static final LogOffset ZERO = new LogOffset(0);
  public static final LogOffset MAX = new LogOffset(Long.MAX_VALUE);

  public LogOffset {
    if (value < 0) {
      throw new InvariantViolated("A log offset is never negative: " + value);
    }
  }

  public LogOffset next() {
    return new LogOffset(value + 1);
  }

  public LogOffset plus(long count) {
    return new LogOffset(value + count);
  }

  @Override
  public int compareTo(LogOffset other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
