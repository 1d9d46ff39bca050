package dev.overseer.runner;

import dev.overseer.model.InvalidRequest;
import java.time.Duration;

/**
 * How much a runner does at a time.
 *
 * @param recordsPerStep records of the update log read in one step
 * @param itemsPerStep agenda items of one check worked off in one step
 * @param checkpointEvery on Overseer's own clock
 * @param unsavedMax changes of the agenda that bring a checkpoint about before that
 * @param nearMax items of each check and kind that stay in memory after a checkpoint; the rest are
 *     in the store alone
 */
public record RunnerLimits(
    int recordsPerStep, int itemsPerStep, Duration checkpointEvery, int unsavedMax, int nearMax) {
  public RunnerLimits {
    if (recordsPerStep < 1 || itemsPerStep < 1 || unsavedMax < 1 || nearMax < 1) {
      throw new InvalidRequest("A runner that does nothing at a time never gets anywhere");
    }
  }

  public static RunnerLimits standard() {
    return new RunnerLimits(4096, 8192, Duration.ofMillis(500), 100_000, 65_536);
  }
}
