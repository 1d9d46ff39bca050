package dev.overseer.runner.backtest;

import java.util.List;

/**
 * The backtest's complete verdicts beside those that the journal has of the same check and window.
 *
 * @param same those on which both say the same
 * @param carried on record only, of roots that failed already before the window, or that a sweep
 *     triggered and found failing: while a root fails, every update of it is judged, and the
 *     backtest does not know that it did; and what sweeps triggered
 * @param listed the first of those that differ, in the order of their cuts
 */
public record Differences(
    long same,
    long otherOutcome,
    long onlyLive,
    long onlyBacktest,
    long carried,
    List<Difference> listed) {
  public Differences {
    listed = List.copyOf(listed);
  }

  public boolean areNone() {
    return otherOutcome == 0 && onlyLive == 0 && onlyBacktest == 0;
  }
}
