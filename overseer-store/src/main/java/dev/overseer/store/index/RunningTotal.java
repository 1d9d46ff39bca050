package dev.overseer.store.index;

import dev.overseer.model.RecordKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What the records of one part of a bucket come to after some update.
 *
 * @param sum exact, without zeros at the end of its fraction
 * @param count how many they are
 * @param untold of how many more records it cannot be told what they add
 * @param named some of those, the first that came
 */
public record RunningTotal(BigDecimal sum, long count, long untold, List<RecordKey> named) {
  public static final RunningTotal ZERO = new RunningTotal(BigDecimal.ZERO, 0, 0, List.of());

  private static final int NAMED_MAX = 8;

  public RunningTotal {
    sum = sum.signum() == 0 ? BigDecimal.ZERO : sum.stripTrailingZeros();
    sum = sum.scale() < 0 ? sum.setScale(0) : sum;
    named = List.copyOf(named);
  }

  public boolean isNothing() {
    return sum.signum() == 0 && count == 0 && untold == 0;
  }

  RunningTotal after(IndexEntry.OfTotal change) {
    return new RunningTotal(
        sum.add(change.sum()),
        count + change.count(),
        untold + change.untold(),
        change.untold() == 0 ? named : named(change));
  }

  private List<RecordKey> named(IndexEntry.OfTotal change) {
    List<RecordKey> now = new ArrayList<>(named);
    now.remove(change.record());
    if (change.untold() > 0 && now.size() < NAMED_MAX) {
      now.add(change.record());
    }
    return now;
  }
}
