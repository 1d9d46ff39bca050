package dev.overseer.server.reading;

import dev.overseer.model.InvalidRequest;

/**
 * Some of a record's updates, counted from the last one.
 *
 * @param offset how many to leave out, from 0
 * @param limit how many at most, 1 to {@link #LIMIT_MAX}
 */
public record Range(int offset, int limit) {
  public static final int LIMIT_MAX = 1000;
  public static final int LIMIT_DEFAULT = 100;

  public Range {
    if (offset < 0 || limit < 1 || limit > LIMIT_MAX) {
      throw new InvalidRequest(
          "Updates are asked for from offset 0 or later, 1 to %d at once, not from %d and %d"
              .formatted(LIMIT_MAX, offset, limit));
    }
  }
}
