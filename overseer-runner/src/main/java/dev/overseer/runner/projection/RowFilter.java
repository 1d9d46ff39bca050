package dev.overseer.runner.projection;

import dev.overseer.model.InvalidRequest;
import dev.overseer.runner.transitions.State;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which violations, or incidents, are wanted: those that took their last step last come first.
 *
 * @param states in one of these; empty: in any
 * @param about of this check, or, of incidents, of this kind
 * @param notAbout not of this check, or kind
 * @param movedFrom whose last step was then or later, on Overseer's own clock
 * @param movedUntil whose last step was before then
 * @param offset how many to leave out, from 0
 * @param limit how many at most, 1 to {@link #LIMIT_MAX}
 */
public record RowFilter(
    Set<State> states,
    Optional<String> about,
    Optional<String> notAbout,
    Optional<Instant> movedFrom,
    Optional<Instant> movedUntil,
    int offset,
    int limit) {
  public static final int LIMIT_MAX = 10_000;

  public RowFilter {
    states = Set.copyOf(states);
    if (offset < 0 || limit < 1 || limit > LIMIT_MAX) {
      throw new InvalidRequest(
          "A page begins at offset 0 or later and has 1 to %d rows, not offset %d and limit %d"
              .formatted(LIMIT_MAX, offset, limit));
    }
  }

  public static RowFilter all() {
    return new RowFilter(
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        LIMIT_MAX);
  }

  public RowFilter in(Set<State> states) {
    return new RowFilter(states, about, notAbout, movedFrom, movedUntil, offset, limit);
  }

  public RowFilter about(String about) {
    return new RowFilter(
        states, Optional.of(about), notAbout, movedFrom, movedUntil, offset, limit);
  }

  public RowFilter notAbout(String other) {
    return new RowFilter(states, about, Optional.of(other), movedFrom, movedUntil, offset, limit);
  }

  public RowFilter page(int offset, int limit) {
    return new RowFilter(states, about, notAbout, movedFrom, movedUntil, offset, limit);
  }
}
