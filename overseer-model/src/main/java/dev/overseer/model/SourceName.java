package dev.overseer.model;

/** The configured name of one upstream database: {@code payments}. */
public record SourceName(String value) implements Comparable<SourceName> {
  public SourceName {
    Names.require("source", value);
  }

  @Override
  public int compareTo(SourceName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
