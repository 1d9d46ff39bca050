package dev.overseer.store.index;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import java.math.BigInteger;

/** A place between the entries of one source: by effective time, and then by the change. */
record Position(BigInteger number) {
  /** An offset is never negative. */
  private static final int OFFSET_BITS = Long.SIZE - 1;

  /** Just before the entry of this update. */
  static Position at(IndexedUpdate update) {
    return at(update.effectiveTime(), update.change());
  }

  static Position after(IndexedUpdate update) {
    return at(update.effectiveTime(), update.change().next());
  }

  /** After all entries that the cut includes. */
  static Position after(EffectiveTime cut) {
    return at(cut, LogOffset.MAX);
  }

  private static Position at(EffectiveTime time, LogOffset change) {
    BigInteger sinceMin =
        BigInteger.valueOf(time.micros()).subtract(BigInteger.valueOf(Long.MIN_VALUE));
    return new Position(sinceMin.shiftLeft(OFFSET_BITS).add(BigInteger.valueOf(change.value())));
  }

  /** Whether there is another place between the two. */
  boolean isFarFrom(Position later) {
    return later.number.subtract(number).compareTo(BigInteger.ONE) > 0;
  }

  Position middleTo(Position later) {
    return new Position(number.add(later.number).shiftRight(1));
  }

  /** The key that would be here, among those of {@code owner}. */
  byte[] keyAmong(byte[] owner) {
    BigInteger micros = number.shiftRight(OFFSET_BITS).add(BigInteger.valueOf(Long.MIN_VALUE));
    long change = number.longValue() & Long.MAX_VALUE;
    return IndexKeys.update(
        owner, new EffectiveTime(micros.longValueExact()), new LogOffset(change));
  }
}
