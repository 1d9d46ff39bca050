package dev.overseer.runner.scheduling;

import dev.overseer.checks.Outcome;
import dev.overseer.model.EffectiveTime;
import dev.overseer.runner.scheduling.ItemBytes.Reader;
import dev.overseer.runner.scheduling.ItemBytes.Writer;
import java.util.Arrays;

/**
 * What is remembered of a root between its judgements: whether its data fail, whether its last
 * complete verdict told nothing, and which windows are open. Changed in place by the one thread
 * that owns the {@link RootStates}.
 */
final class RootState {
  private boolean failing;
  private Doubt doubt = Doubt.NONE;
  private long[] windows = {};
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

  /** Whether the greatest complete cut that passed or failed did fail. */
  public boolean isFailing() {
    return failing;
  }

  Doubt doubt() {
    return doubt;
  }

  public boolean hasWindows() {
    return first < end;
  }

  int windowCount() {
    return end - first;
  }

  /** The trigger of the window that has been open the longest. */
  public EffectiveTime firstWindow() {
    return new EffectiveTime(windows[first]);
  }

  /** Opens a window; triggers come in order. */
  void openWindow(EffectiveTime trigger) {
    if (end == windows.length) {
      int size = end - first;
      long[] roomier = size < windows.length / 2 ? windows : new long[Math.max(2, size * 2)];
      System.arraycopy(windows, first, roomier, 0, size);
      windows = roomier;
      first = 0;
      end = size;
    }
    windows[end++] = trigger.micros();
  }

  /** Closes the window that has been open the longest. */
  EffectiveTime closeFirstWindow() {
    return new EffectiveTime(windows[first++]);
  }

  void tell(Outcome outcome) {
    switch (outcome) {
      case Outcome.Passed _ -> told(false, Doubt.NONE);
      case Outcome.Failed _ -> told(true, Doubt.NONE);
      case Outcome.NotApplicable _ -> told(failing, Doubt.NONE);
      case Outcome.Inconclusive _ -> told(failing, Doubt.INCONCLUSIVE);
      case Outcome.Errored _ -> told(failing, Doubt.ERRORED);
    }
  }

  private void told(boolean nowFailing, Doubt nowDoubt) {
    failing = nowFailing;
    doubt = nowDoubt;
  }

  boolean isNothing() {
    return !failing && doubt == Doubt.NONE && !hasWindows();
  }

  byte[] toBytes() {
    Writer writer = new Writer();
    writer.number(failing ? 1 : 0).number(doubt.ordinal());
    for (int i = first; i < end; i++) {
      writer.number(windows[i]);
    }
    return writer.done();
  }

  static RootState of(byte[] bytes) {
    RootState state = new RootState();
    Reader reader = new Reader(bytes, 0);
    state.failing = reader.number() == 1;
    state.doubt = Doubt.values()[(int) reader.number()];
    state.windows = new long[bytes.length / Long.BYTES - 2];
    state.end = state.windows.length;
    Arrays.setAll(state.windows, i -> reader.number());
    state.stored = true;
    return state;
  }
}
