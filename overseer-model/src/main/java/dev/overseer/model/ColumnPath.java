package dev.overseer.model;

import java.util.List;

/**
 * Where in a row values are: in a column, and, where that holds a document or an array, on the way
 * into it. Written {@code details.payment_id}, {@code lines[].sku}; a name with one of {@code
 * .[]"'>*} in it is written as in SQL, {@code "odd.name"}.
 *
 * @param steps none when the column itself is the value
 */
public record ColumnPath(String column, List<Step> steps) {
  public ColumnPath {
    steps = List.copyOf(steps);
  }

  /** One step into a document. */
  public sealed interface Step {

    /** To a field of an object. */
    record Field(String name) implements Step {}

    /** To each element of an array. */
    record Elements() implements Step {}
  }

  /** Fails with {@link InvalidRequest}, which says what is wrong at which character. */
  public static ColumnPath parse(String text) {
    return new ColumnPathText(text).read();
  }

  public boolean isPlain() {
    return steps.isEmpty();
  }

  /** Whether it may lead to several values of one row. */
  public boolean isSeveral() {
    return steps.contains(new Step.Elements());
  }

  /** The way to the elements of the innermost array that it goes into; of its column at least. */
  public ColumnPath toElements() {
    return new ColumnPath(column, steps.subList(0, afterElements()));
  }

  /** The way on from there. */
  public List<Step> withinElement() {
    return steps.subList(afterElements(), steps.size());
  }

  private int afterElements() {
    return steps.lastIndexOf(new Step.Elements()) + 1;
  }

  /** As it is written. */
  @Override
  public String toString() {
    return ColumnPathText.of(this);
  }
}
