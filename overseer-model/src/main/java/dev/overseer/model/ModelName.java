package dev.overseer.model;

/** The configured name of a model, a table seen as records of one kind: {@code ledger-entry}. */
public record ModelName(String value) implements Comparable<ModelName> {
  public ModelName {
    Names.require("model", value);
  }

  @Override
  public int compareTo(ModelName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
