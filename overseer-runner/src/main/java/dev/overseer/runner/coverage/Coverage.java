package dev.overseer.runner.coverage;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;

/**
 * How far a check has come under one definition: selection is final up to {@code upTo}, and every
 * trigger from {@code from} up to there, both inclusive, is judged.
 *
 * @param failed roots whose data fail
 * @param inconclusive roots whose last complete verdict could not tell
 * @param errored roots in whose last complete verdict the check itself failed
 * @param notYetDue triggers whose cut no source has reached
 * @param dueButStale triggers whose cut some source has passed and another has not
 */
public record Coverage(
    CheckName check,
    DefinitionHash definition,
    EffectiveTime from,
    EffectiveTime upTo,
    long failed,
    long inconclusive,
    long errored,
    long notYetDue,
    long dueButStale) {

  /** Whether everything up to {@link #upTo} is as it should be. */
  public boolean isGreen() {
    return failed == 0 && inconclusive == 0 && errored == 0;
  }
}
