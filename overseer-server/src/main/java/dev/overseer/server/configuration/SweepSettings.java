package dev.overseer.server.configuration;

import dev.overseer.model.CheckName;
import java.util.Map;

/**
 * When roots are swept, and how fast.
 *
 * @param policy of checks that {@code policies} does not name
 * @param policies by check
 * @param recordsPerSecond of one sweep, at most
 */
public record SweepSettings(
    SweepPolicy policy, Map<CheckName, SweepPolicy> policies, int recordsPerSecond) {
  /** What nobody touches is judged under the definition that holds, too. */
  static final SweepPolicy POLICY = SweepPolicy.ON_CHANGE;

  static final int RECORDS_PER_SECOND = 200;
  static final int RECORDS_PER_SECOND_MAX = 2000;

  public SweepSettings {
    policies = Map.copyOf(policies);
  }

  static SweepSettings defaults() {
    return new SweepSettings(POLICY, Map.of(), RECORDS_PER_SECOND);
  }

  /** Whether a change of the check's definition is followed by a sweep. */
  public boolean sweepsChanged(CheckName check) {
    return policies.getOrDefault(check, policy) == SweepPolicy.ON_CHANGE;
  }
}
