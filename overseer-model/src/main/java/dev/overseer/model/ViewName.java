package dev.overseer.model;

/** The configured name of a view: {@code withdrawal-booking}. */
public record ViewName(String value) implements Comparable<ViewName> {
  public ViewName {
    Names.require("view", value);
  }

  @Override
  public int compareTo(ViewName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
