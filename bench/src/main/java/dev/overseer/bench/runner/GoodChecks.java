package dev.overseer.bench.runner;

import dev.overseer.bench.runner.BookingChecks.WithdrawalBooking;
import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Checks;
import dev.overseer.checks.Outcome;

/** As many checks as there are bad ones, and nothing is wrong with them: what company costs. */
final class GoodChecks implements CheckModule {

  @Override
  public void declare(Checks checks) {
    for (String name : BadChecks.NAMES) {
      checks.check("not-" + name, WithdrawalBooking.class, (_, _) -> Outcome.passed());
    }
  }
}
