package dev.overseer.store.index;

import dev.overseer.model.TotalDefinition;
import java.time.Instant;
import java.util.List;

/**
 * The records of a total that are added up together: those of one key and one window. Of a record
 * whose key or window cannot be told it is known only that it may be in any.
 */
public record Bucket(TotalDefinition total, Key key, When when) {

  /** By which values its records are known. */
  public sealed interface Key {
    record Of(List<String> values) implements Key {
      public Of {
        values = List.copyOf(values);
      }
    }

    record Untold() implements Key {}
  }

  /** Of what time its records are. */
  public sealed interface When {

    /** Of any: the total has no windows. */
    record Always() implements When {}

    /** Of the window that begins then. */
    record From(Instant instant) implements When {}

    record Untold() implements When {}
  }

  public static final Key UNTOLD_KEY = new Key.Untold();
  public static final When ALWAYS = new When.Always();
  public static final When UNTOLD_TIME = new When.Untold();

  /** Where a record is of which nothing but its table is known. */
  public static Bucket untold(TotalDefinition total) {
    return new Bucket(total, UNTOLD_KEY, UNTOLD_TIME);
  }
}
