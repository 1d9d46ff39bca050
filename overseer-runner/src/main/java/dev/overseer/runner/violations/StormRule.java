package dev.overseer.runner.violations;

import dev.overseer.model.InvalidRequest;
import java.time.Duration;

/**
 * When the new violations of one check are too many to be told singly.
 *
 * @param toldMax how many in one window are told singly; the excess is told as one incident
 * @param window on Overseer's own clock
 */
public record StormRule(int toldMax, Duration window) {
  public static final StormRule DEFAULT = new StormRule(50, Duration.ofMinutes(1));

  public StormRule {
    if (toldMax < 1 || !window.isPositive()) {
      throw new InvalidRequest(
          "A storm rule needs a number of one or more and a window longer than zero, not %d in %s"
              .formatted(toldMax, window));
    }
  }
}
