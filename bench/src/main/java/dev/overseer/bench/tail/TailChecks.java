package dev.overseer.bench.tail;

import static dev.overseer.checks.Outcome.failed;
import static dev.overseer.checks.Outcome.passed;

import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Checks;
import dev.overseer.checks.Outcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/** The check that the backlog is judged by: it reads both tables, and everything passes it. */
public final class TailChecks implements CheckModule {
  static final String CHECK = "withdrawal-is-booked";

  /** A withdrawal as the backlog has it. */
  public record Withdrawal(UUID id, BigDecimal amount, String status) {}

  /** What was entered for a withdrawal. */
  public record Entry(BigDecimal amount, String kind) {}

  /** Both, joined. */
  public record WithdrawalBooking(Withdrawal withdrawal, List<Entry> entries) {}

  @Override
  public void declare(Checks checks) {
    checks.check(CHECK, WithdrawalBooking.class, TailChecks::booked);
  }

  private static Outcome booked(WithdrawalBooking view) {
    if (view.entries().size() != 1) {
      return failed("not-booked-once", "Not booked once", 1, view.entries().size());
    }
    BigDecimal amount = view.withdrawal().amount();
    BigDecimal booked = view.entries().getFirst().amount();
    return booked.compareTo(amount) == 0
        ? passed()
        : failed("wrong-amount", "Another amount was booked", amount, booked);
  }
}
