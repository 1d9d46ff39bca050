package dev.overseer.bench.crash;

import static dev.overseer.checks.ExecutionStrategy.after;
import static dev.overseer.checks.Outcome.failed;
import static dev.overseer.checks.Outcome.passed;

import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Checks;
import dev.overseer.checks.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * The campaign's checks. What they say depends on no race: the load commits a booking before its
 * withdrawal, and puts right only what has failed by then.
 */
public final class CrashChecks implements CheckModule {
  static final String BOOKED = "withdrawal-is-booked-once";
  static final String COMPLETED = "withdrawal-is-completed";
  static final Duration COMPLETED_AFTER = Duration.ofSeconds(5);

  /** As the payments database has it. */
  public record Withdrawal(UUID id, BigDecimal amount, String status) {}

  /** As the ledger has it. */
  public record Entry(BigDecimal amount, String kind) {}

  /** Both, joined. */
  public record WithdrawalBooking(Withdrawal withdrawal, List<Entry> entries) {}

  /** The withdrawal alone. */
  public record WithdrawalProgress(Withdrawal withdrawal) {}

  @Override
  public void declare(Checks checks) {
    checks.check(BOOKED, WithdrawalBooking.class, CrashChecks::bookedOnce).ignoreOrphans();
    checks
        .check(COMPLETED, WithdrawalProgress.class, CrashChecks::completed)
        .strategy(after(COMPLETED_AFTER));
  }

  private static Outcome bookedOnce(WithdrawalBooking view) {
    List<Entry> bookings =
        view.entries().stream().filter(entry -> entry.kind().equals("booking")).toList();
    if (bookings.size() != 1) {
      return failed("not-booked-once", "Not booked once", 1, bookings.size());
    }
    BigDecimal amount = view.withdrawal().amount();
    BigDecimal booked = bookings.getFirst().amount();
    return booked.compareTo(amount) == 0
        ? passed()
        : failed("wrong-amount", "Another amount was booked", amount, booked);
  }

  private static Outcome completed(WithdrawalProgress view) {
    String status = view.withdrawal().status();
    return status.equals("completed")
        ? passed()
        : failed("not-completed", "Not completed in time", "completed", status);
  }
}
