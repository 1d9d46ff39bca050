package dev.overseer.model;

/** A Postgres log sequence number: an unsigned byte position in the write-ahead log. */
public record Lsn(long value) implements SourcePosition, Comparable<Lsn> {
  public static final Lsn ZERO = new Lsn(0);

  /** {@code 16/B374D848}, as Postgres prints it. */
  public static Lsn parse(String text) {
    int slash = text.indexOf('/');
    if (slash <= 0) {
      throw new InvalidRequest(
          "A Postgres position looks like 16/B374D848, but this is '" + text + "'");
    }
    long high = Long.parseLong(text.substring(0, slash), 16);
    return new Lsn((high << 32) | Long.parseLong(text.substring(slash + 1), 16));
  }

  public Lsn max(Lsn other) {
    return compareTo(other) >= 0 ? this : other;
  }

  @Override
  public int compareTo(Lsn other) {
    return Long.compareUnsigned(value, other.value);
  }

  @Override
  public String toString() {
    return "%X/%X".formatted(value >>> 32, value & 0xFFFF_FFFFL);
  }
}
