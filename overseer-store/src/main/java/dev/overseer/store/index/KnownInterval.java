package dev.overseer.store.index;

import dev.overseer.model.EffectiveTime;

/** From {@code from} to {@code until}, both inclusive, a table's records are wholly known. */
public record KnownInterval(EffectiveTime from, EffectiveTime until) {

  public boolean contains(EffectiveTime cut) {
    return !cut.isBefore(from) && !cut.isAfter(until);
  }

  /** Whether it lasts as long as nothing is heard to the contrary. */
  public boolean isOpen() {
    return until.equals(EffectiveTime.MAX);
  }
}
