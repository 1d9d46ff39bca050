package dev.overseer.runner.backtest;

import dev.overseer.checks.Outcome;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import java.util.Optional;

/**
 * What the live run and the backtest said differently of a root at a cut.
 *
 * @param live what the live run has on record; empty: nothing
 * @param backtest empty: nothing
 */
public record Difference(
    RecordKey root,
    EffectiveTime trigger,
    EffectiveTime cut,
    Optional<Outcome> live,
    Optional<Outcome> backtest) {}
