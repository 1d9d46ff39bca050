package dev.overseer.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a record of a model: the values of the model's key columns in the order of its
 * definition, in the source's text form. The model is part of the identity.
 */
public record RecordKey(ModelName model, List<String> values) implements Comparable<RecordKey> {
  public RecordKey {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new InvalidRequest("A record key of model '" + model + "' needs at least one value");
    }
  }

  public static RecordKey of(ModelName model, String... values) {
    return new RecordKey(model, List.of(values));
  }

  /** Without an iterator: wherever records are looked up this is most of the work. */
  @Override
  public boolean equals(@Nullable Object object) {
    if (this == object) {
      return true;
    }
    if (!(object instanceof RecordKey other) || values.size() != other.values.size()) {
      return false;
    }
    for (int i = values.size() - 1; i >= 0; i--) {
      if (!values.get(i).equals(other.values.get(i))) {
        return false;
      }
    }
    return model.equals(other.model);
  }

  @Override
  public int hashCode() {
    int hash = model.hashCode();
    for (int i = 0; i < values.size(); i++) {
      hash = 31 * hash + values.get(i).hashCode();
    }
    return hash;
  }

  @Override
  public int compareTo(RecordKey other) {
    int result = model.compareTo(other.model);
    for (int i = 0; result == 0 && i < Math.min(values.size(), other.values.size()); i++) {
      result = values.get(i).compareTo(other.values.get(i));
    }
    return result != 0 ? result : Integer.compare(values.size(), other.values.size());
  }

  /** {@code withdrawal/42}; parts of a composite key are separated by commas. */
  @Override
  public String toString() {
    return model + "/" + String.join(",", values);
  }
}
