package dev.overseer.store.index;

import dev.overseer.model.EffectiveTime;

/** From {@code from} to {@code until}, both inclusive, a table's records are wholly known. */
public record KnownInterval(EffectiveTime from, EffectiveTime until) {

  public boolean contains(EffectiveTime cut) {
    return !cut.isBefore(from) && !cut.isAfter(until);
  }
}
