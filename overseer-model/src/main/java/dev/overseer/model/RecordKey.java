package dev.overseer.model;

import java.util.List;

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
