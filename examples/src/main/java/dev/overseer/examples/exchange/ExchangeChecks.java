package dev.overseer.examples.exchange;

import static dev.overseer.checks.ExecutionStrategy.after;
import static dev.overseer.checks.ExecutionStrategy.eventuallyWithin;

import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Checks;
import java.time.Duration;

/** The exchange's checks: one line each, and a second one where the default does not fit. */
public final class ExchangeChecks implements CheckModule {

  /** The ledger may be this much behind payments. */
  public static final Duration BOOKED_WITHIN = Duration.ofSeconds(5);

  /** After this, a withdrawal has gone out, or somebody must look at it. */
  public static final Duration COMPLETED_AFTER = Duration.ofSeconds(8);

  @Override
  public void declare(Checks checks) {
    checks
        .check("withdrawal-is-booked-once", WithdrawalBooking.class, WithdrawalChecks::bookedOnce)
        .strategy(eventuallyWithin(BOOKED_WITHIN));

    checks
        .check("withdrawal-is-completed", WithdrawalProgress.class, WithdrawalChecks::completed)
        .strategy(after(COMPLETED_AFTER));

    checks.check(
        "withdrawal-is-refunded-once", WithdrawalRefunds.class, WithdrawalChecks::refundedOnce);
  }
}
