package dev.overseer.runner;

import dev.overseer.model.InvalidRequest;
import java.time.Duration;

/**
 * How much a runner does at a time.
 *
 * @param recordsPerStep records of the update log read in one step
 * @param itemsPerStep agenda items of one check worked off in one step
 * @param checkpointEvery on Overseer's own clock; what comes and goes between two is never stored
 * @param unsavedMax changes of the agenda that bring a checkpoint about before that
 * @param nearMax items of each kind, and roots of which something is remembered, that stay in
 *     memory after a checkpoint, over all checks; the rest are in the store alone
 */
public record RunnerLimits(
    int recordsPerStep, int itemsPerStep, Duration checkpointEvery, int unsavedMax, int nearMax) {
  private static final int COVERAGE_PER_CHECKPOINT = 4;
  private static final int NEAR_MIN = 4096;

  public RunnerLimits {
    if (recordsPerStep < 1 || itemsPerStep < 1 || unsavedMax < 1 || nearMax < 1) {
      throw new InvalidRequest("A runner that does nothing at a time never gets anywhere");
    }
  }

  public static RunnerLimits standard() {
    return new RunnerLimits(4096, 8192, Duration.ofSeconds(2), 200_000, 262_144);
  }

  /** How often coverage is told anew, at least. */
  Duration coverageEvery() {
    return checkpointEvery.dividedBy(COVERAGE_PER_CHECKPOINT);
  }

  /** With fewer in memory, beside other work. */
  public RunnerLimits withNearMax(int fewer) {
    return new RunnerLimits(recordsPerStep, itemsPerStep, checkpointEvery, unsavedMax, fewer);
  }

  /** One check's share. */
  int nearMaxOf(int checks) {
    return Math.min(nearMax, Math.max(NEAR_MIN, nearMax / checks));
  }
}
