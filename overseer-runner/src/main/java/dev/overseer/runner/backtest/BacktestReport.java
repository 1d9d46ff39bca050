package dev.overseer.runner.backtest;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.checks.Inputs;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import java.util.List;
import java.util.Optional;

/**
 * What a backtest came to.
 *
 * @param from updates before this triggered nothing
 * @param to nor did those of this time and later
 * @param judgedUpTo everything before this was judged; what waits for more of the sources was not
 * @param pending triggers that were not judged, because the log ends before their cut is covered
 * @param failures how often a root would have begun to fail
 * @param episodes the first of those, in the order of their cuts
 * @param inputs what the verdicts depend on: only where that is the view alone can they be repeated
 * @param errors what some errored verdicts said
 * @param differences where it was compared
 */
public record BacktestReport(
    CheckName check,
    DefinitionHash definition,
    Inputs inputs,
    EffectiveTime from,
    EffectiveTime to,
    EffectiveTime judgedUpTo,
    long pending,
    OutcomeCounts outcomes,
    long failures,
    long failingAtEnd,
    List<Episode> episodes,
    List<String> errors,
    Waits waits,
    Optional<Differences> differences,
    Cost cost) {
  public BacktestReport {
    episodes = List.copyOf(episodes);
    errors = List.copyOf(errors);
  }
}
