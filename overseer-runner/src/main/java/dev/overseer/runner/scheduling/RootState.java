package dev.overseer.runner.scheduling;

import dev.overseer.checks.Outcome;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.scheduling.ItemBytes.Reader;
import dev.overseer.runner.scheduling.ItemBytes.Writer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * What is remembered of a root between its judgements: whether its data fail, whether its last
 * complete verdict told nothing, and which triggers await a cut that lies ahead. Changed in place
 * by the one thread that owns the {@link RootStates}.
 */
final class RootState {
  private static final long NEVER = Long.MIN_VALUE;
  private static final int FAILING = 1;
  private static final int BURSTING = 2;

  private final RecordKey root;
  private boolean failing;
  private Doubt doubt = Doubt.NONE;
  private long settledAt = NEVER;
  private long burstFirst = NEVER;
  private long burstLast = NEVER;
  private long[] waiting = {};
  private int first;
  private int end;
  boolean stored;
  boolean unsaved;

  /** What the last complete verdict could not tell. */
  enum Doubt {
    NONE,
    INCONCLUSIVE,
    ERRORED
  }

  RootState(RecordKey root) {
    this.root = root;
  }

  /** The very key under which it is kept: what is looked up by that is found sooner. */
  RecordKey root() {
    return root;
  }

  /** Whether the greatest complete cut that passed or failed did fail. */
  public boolean isFailing() {
    return failing;
  }

  Doubt doubt() {
    return doubt;
  }

  public boolean hasWaiting() {
    return first < end;
  }

  int waitingCount() {
    return end - first;
  }

  /** The trigger that waits for the earliest cut. */
  public EffectiveTime firstWaiting() {
    return new EffectiveTime(waiting[first]);
  }

  /** Has the trigger wait; false if it does already. Mostly it is later than all others. */
  boolean await(EffectiveTime trigger) {
    long micros = trigger.micros();
    int at = end;
    while (at > first && waiting[at - 1] > micros) {
      at--;
    }
    if (at > first && waiting[at - 1] == micros) {
      return false;
    }
    int fromEnd = end - at;
    makeRoom();
    System.arraycopy(waiting, end - fromEnd, waiting, end - fromEnd + 1, fromEnd);
    waiting[end - fromEnd] = micros;
    end++;
    return true;
  }

  private void makeRoom() {
    if (end == waiting.length) {
      int size = end - first;
      long[] roomier = size < waiting.length / 2 ? waiting : new long[Math.max(2, size * 2)];
      System.arraycopy(waiting, first, roomier, 0, size);
      waiting = roomier;
      first = 0;
      end = size;
    }
  }

  /** The earliest of the cuts that are waited for was reached. */
  EffectiveTime takeFirstWaiting() {
    return new EffectiveTime(waiting[first++]);
  }

  /**
   * Whether the view at {@code cut} is as it was when a judgement told something of it.
   *
   * @param since from when to the cut the passing of time alone changes nothing of a view
   */
  boolean isSettledAt(EffectiveTime cut, EffectiveTime since) {
    return settledAt != NEVER
        && settledAt >= since.micros()
        && (!hasWaiting() || noneWaitsFrom(settledAt, cut.micros()));
  }

  /** Every trigger up to a cut that is not reached yet still waits. */
  private boolean noneWaitsFrom(long after, long until) {
    for (int i = first; i < end && waiting[i] <= until; i++) {
      if (waiting[i] > after) {
        return false;
      }
    }
    return true;
  }

  /**
   * A trigger belongs to the burst that is open, or opens one.
   *
   * @return the last trigger of the burst before, if that lasted for longer than it may
   */
  Optional<EffectiveTime> burst(EffectiveTime trigger, Duration atMost) {
    EffectiveTime last = new EffectiveTime(burstLast);
    boolean tooLong = isBursting() && trigger.isAfter(new EffectiveTime(burstFirst).plus(atMost));
    if (tooLong || !isBursting()) {
      burstFirst = trigger.micros();
    }
    burstLast = trigger.micros();
    return tooLong ? Optional.of(last) : Optional.empty();
  }

  boolean isBursting() {
    return burstLast != NEVER;
  }

  boolean isLastOfBurst(EffectiveTime trigger) {
    return burstLast == trigger.micros();
  }

  void endBurst() {
    burstFirst = NEVER;
    burstLast = NEVER;
  }

  /** The view was updated by something that need not wait for a cut. */
  void unsettle() {
    settledAt = NEVER;
  }

  void tell(EffectiveTime cut, Outcome outcome) {
    settledAt = hasWaiting() && tells(outcome) ? cut.micros() : NEVER;
    switch (outcome) {
      case Outcome.Passed _ -> told(false, Doubt.NONE);
      case Outcome.Failed _ -> told(true, Doubt.NONE);
      case Outcome.NotApplicable _ -> told(failing, Doubt.NONE);
      case Outcome.Inconclusive _ -> told(failing, Doubt.INCONCLUSIVE);
      case Outcome.Errored _ -> told(failing, Doubt.ERRORED);
    }
  }

  /** Whether it would be told again as long as the view stays as it is. */
  private static boolean tells(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed _, Outcome.Failed _, Outcome.NotApplicable _ -> true;
      case Outcome.Inconclusive _, Outcome.Errored _ -> false;
    };
  }

  private void told(boolean nowFailing, Doubt nowDoubt) {
    failing = nowFailing;
    doubt = nowDoubt;
  }

  boolean isNothing() {
    return !failing && doubt == Doubt.NONE && !hasWaiting() && !isBursting();
  }

  byte[] toBytes() {
    Writer writer = new Writer();
    writer.number((failing ? FAILING : 0) | (isBursting() ? BURSTING : 0));
    writer.number(doubt.ordinal()).number(settledAt);
    if (isBursting()) {
      writer.number(burstFirst).number(burstLast);
    }
    for (int i = first; i < end; i++) {
      writer.number(waiting[i]);
    }
    return writer.done();
  }

  static RootState of(RecordKey root, byte[] bytes) {
    RootState state = new RootState(root);
    Reader reader = new Reader(bytes, 0);
    long flags = reader.number();
    state.failing = (flags & FAILING) != 0;
    state.doubt = Doubt.values()[(int) reader.number()];
    state.settledAt = reader.number();
    int before = 3;
    if ((flags & BURSTING) != 0) {
      state.burstFirst = reader.number();
      state.burstLast = reader.number();
      before = 5;
    }
    state.waiting = new long[bytes.length / Long.BYTES - before];
    state.end = state.waiting.length;
    Arrays.setAll(state.waiting, _ -> reader.number());
    state.stored = true;
    return state;
  }
}
