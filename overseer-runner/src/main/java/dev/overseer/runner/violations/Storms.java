package dev.overseer.runner.violations;

import dev.overseer.model.CheckName;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Which checks open more violations than people can read, by the times of the openings on record. A
 * storm begins with the first opening beyond the rule's number, and lasts while that many openings
 * lie within one window. Not safe for many threads.
 */
final class Storms {
  private final StormRule rule;
  private final Map<CheckName, Openings> byCheck = new HashMap<>();

  Storms(StormRule rule) {
    this.rule = rule;
  }

  /** Whether an opening now is one too many to be told singly. */
  boolean wouldBeTooMany(CheckName check, Instant now) {
    return of(check).isDense(now);
  }

  /** A violation of the check opened, or opened again. */
  void opened(CheckName check, Instant at) {
    of(check).add(at);
  }

  boolean isRaging(CheckName check, Instant now) {
    Openings openings = of(check);
    return openings.folded > 0 && openings.isDense(now);
  }

  /** How many openings the check's last storm has folded into one. */
  long folded(CheckName check) {
    return of(check).folded;
  }

  private Openings of(CheckName check) {
    return byCheck.computeIfAbsent(check, _ -> new Openings());
  }

  private final class Openings {
    private final ArrayDeque<Instant> last = new ArrayDeque<>();
    private long folded;

    void add(Instant at) {
      folded = isDense(at) ? folded + 1 : 0;
      last.addLast(at);
      if (last.size() > rule.toldMax()) {
        last.removeFirst();
      }
    }

    private boolean isDense(Instant now) {
      return last.size() == rule.toldMax() && last.getFirst().plus(rule.window()).isAfter(now);
    }
  }
}
