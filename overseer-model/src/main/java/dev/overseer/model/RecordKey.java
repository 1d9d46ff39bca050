package dev.overseer.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a record of a model: the values of the model's key columns in the order of its
 * definition, in the source's text form. The model is part of the identity.
 *
 * <p>It knows its hash: wherever records are looked up that is most of the work.
 */
public final class RecordKey implements Comparable<RecordKey> {
  private final ModelName model;
  private final List<String> values;
  private final int hash;

  public RecordKey(ModelName model, List<String> values) {
    this.model = model;
    this.values = List.copyOf(values);
    if (this.values.isEmpty()) {
      throw new InvalidRequest("A record key of model '" + model + "' needs at least one value");
    }
    this.hash = 31 * model.hashCode() + this.values.hashCode();
  }

  public static RecordKey of(ModelName model, String... values) {
    return new RecordKey(model, List.of(values));
  }

  public ModelName model() {
    return model;
  }

  public List<String> values() {
    return values;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return this == object
        || (object instanceof RecordKey other && hash == other.hash && hasAllOf(other));
  }

  private boolean hasAllOf(RecordKey other) {
    if (values.size() != other.values.size()) {
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
