package dev.overseer.bench.runner;

import static dev.overseer.checks.Outcome.failed;
import static dev.overseer.checks.Outcome.passed;

import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Checks;
import dev.overseer.checks.Outcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/** The check that all contenders judge by: the demo's, with every stage defaulted. */
public final class BookingChecks implements CheckModule {

  /** A withdrawal as payments has it. */
  public record Withdrawal(UUID id, BigDecimal amount, String status) {}

  /** What the ledger wrote down for it. */
  public record Entry(BigDecimal amount, String kind) {}

  /** Both, joined. */
  public record WithdrawalBooking(Withdrawal withdrawal, List<Entry> entries) {
    List<Entry> bookings() {
      return entries.stream().filter(entry -> entry.kind().equals("booking")).toList();
    }
  }

  @Override
  public void declare(Checks checks) {
    checks.check("withdrawal-is-booked-once", WithdrawalBooking.class, BookingChecks::bookedOnce);
  }

  private static Outcome bookedOnce(WithdrawalBooking view) {
    BigDecimal amount = view.withdrawal().amount();
    List<Entry> bookings = view.bookings();
    if (bookings.isEmpty()) {
      return failed("booking-missing", "The ledger has no booking of it", amount, "no booking");
    }
    if (bookings.size() > 1) {
      return failed("booked-twice", "The ledger booked it more than once", 1, bookings.size());
    }
    BigDecimal booked = bookings.getFirst().amount();
    return booked.compareTo(amount) == 0
        ? passed()
        : failed("wrong-amount", "The ledger booked another amount", amount, booked);
  }
}
