package dev.overseer.examples.exchange;

import static dev.overseer.checks.Outcome.failed;
import static dev.overseer.checks.Outcome.notApplicable;
import static dev.overseer.checks.Outcome.passed;

import dev.overseer.checks.Outcome;
import java.math.BigDecimal;
import java.util.List;

/**
 * What must be true of a withdrawal. Plain functions: a test calls them with a view made by hand.
 */
final class WithdrawalChecks {
  private WithdrawalChecks() {}

  static Outcome bookedOnce(WithdrawalBooking view) {
    BigDecimal amount = view.withdrawal().amount();
    List<LedgerEntry> bookings = view.bookings();
    if (bookings.isEmpty()) {
      return failed(
          "booking-missing", "The ledger has no booking of this withdrawal", amount, "no booking");
    }
    if (bookings.size() > 1) {
      return failed(
          "booked-twice", "The ledger booked this withdrawal more than once", 1, bookings.size());
    }
    BigDecimal booked = bookings.getFirst().amount();
    return booked.compareTo(amount) == 0
        ? passed()
        : failed("wrong-amount", "The ledger booked another amount", amount, booked);
  }

  static Outcome completed(WithdrawalProgress view) {
    String status = view.withdrawal().status();
    return status.equals("requested")
        ? failed("not-completed", "The withdrawal is not completed in time", "completed", status)
        : passed();
  }

  static Outcome refundedOnce(WithdrawalRefunds view) {
    List<Refund> paid = view.paid();
    if (paid.isEmpty()) {
      return view.withdrawal().status().equals("refunded")
          ? failed("refund-missing", "The withdrawal says refunded, and no refund was paid", 1, 0)
          : notApplicable("not refunded");
    }
    if (paid.size() > 1) {
      return failed("refunded-twice", "The withdrawal was refunded more than once", 1, paid.size());
    }
    BigDecimal amount = view.withdrawal().amount();
    BigDecimal refunded = paid.getFirst().amount();
    return refunded.compareTo(amount) == 0
        ? passed()
        : failed("wrong-refund", "Another amount was refunded", amount, refunded);
  }
}
