package dev.overseer.model;

/** The name of a reference from one model's records to another's: {@code withdrawal}. */
public record ReferenceName(String value) implements Comparable<ReferenceName> {
  public ReferenceName {
    Names.require("reference", value);
  }

  @Override
  public int compareTo(ReferenceName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
