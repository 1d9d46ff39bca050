package dev.overseer.server.desk;

import dev.overseer.model.InvalidRequest;
import java.util.Optional;

/**
 * Which rows are wanted.
 *
 * @param state only those in this state, as {@code open} or {@code acknowledged}; {@code
 *     unresolved} is all that a person may still have to look at
 * @param about only those of this check, or, of incidents, of this kind
 * @param offset how many to leave out, from 0
 * @param limit how many at most, 1 to {@link #LIMIT_MAX}
 */
public record Query(Optional<String> state, Optional<String> about, int offset, int limit) {
  public static final int LIMIT_MAX = 1000;
  public static final int LIMIT_DEFAULT = 100;

  /** Everything that is neither healed, resolved, accepted nor retired. */
  public static final String UNRESOLVED = "unresolved";

  public Query {
    if (offset < 0 || limit < 1 || limit > LIMIT_MAX) {
      throw new InvalidRequest(
          "A page begins at offset 0 or later and has 1 to %d rows, not offset %d and limit %d"
              .formatted(LIMIT_MAX, offset, limit));
    }
  }

  public static Query all() {
    return new Query(Optional.empty(), Optional.empty(), 0, LIMIT_MAX);
  }
}
