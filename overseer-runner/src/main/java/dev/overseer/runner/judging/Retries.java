package dev.overseer.runner.judging;

import dev.overseer.checks.CheckLimits;

/**
 * When a call that failed is made once more. Where that never helps, as with a pure function that
 * throws, it is done only now and then, for all the others of a flight wait for it.
 */
final class Retries {
  static final int IN_VAIN_MAX = 8;
  static final int PASSED_OVER_MAX = 16;

  private final CheckLimits limits;
  private int inVain;
  private int passedOver;

  Retries(CheckLimits limits) {
    this.limits = limits;
  }

  /** Whether calls that failed at this attempt, the first being 1, get another one. */
  boolean areDueAfter(int attempt) {
    if (attempt >= limits.attempts()) {
      return false;
    }
    if (attempt > 1 || inVain < IN_VAIN_MAX) {
      return true;
    }
    passedOver++;
    if (passedOver > PASSED_OVER_MAX) {
      passedOver = 0;
      return true;
    }
    return false;
  }

  long pauseNanosAfter(int attempt) {
    return limits.backoff().toNanos() << (attempt - 1);
  }

  /** A call was well when it was made once more. */
  void helped() {
    inVain = 0;
  }

  /** Calls were made so often, and some failed each time. */
  void ended(int attempts) {
    inVain += attempts > 1 ? 1 : 0;
  }
}
