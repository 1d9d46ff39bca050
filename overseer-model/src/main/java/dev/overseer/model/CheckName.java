package dev.overseer.model;

/** The name under which a check was declared: {@code withdrawal-is-booked-once}. */
public record CheckName(String value) implements Comparable<CheckName> {
  public CheckName {
    Names.require("check", value);
  }

  @Override
  public int compareTo(CheckName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
