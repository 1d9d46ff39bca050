package dev.overseer.examples.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.checks.Outcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WithdrawalChecksTest {
  private static final String AMOUNT = "0.100000000000000000";

  @Test
  void a_withdrawal_with_one_booking_of_its_amount_is_booked_once() {
    assertThat(booked(entry("booking", "0.1"))).isEqualTo(Outcome.passed());
  }

  @Test
  void a_refund_in_the_ledger_is_no_booking() {
    assertThat(booked(entry("booking", AMOUNT), entry("refund", AMOUNT)))
        .isEqualTo(Outcome.passed());
    assertThat(codes(booked(entry("refund", AMOUNT)))).containsExactly("booking-missing");
  }

  @Test
  void no_booking_is_a_missing_one() {
    assertThat(codes(booked())).containsExactly("booking-missing");
  }

  @Test
  void the_smallest_difference_is_a_wrong_amount() {
    assertThat(codes(booked(entry("booking", "0.100000000000000001"))))
        .containsExactly("wrong-amount");
  }

  @Test
  void both_amounts_are_in_the_evidence() {
    assertThat(booked(entry("booking", "0.2")))
        .isEqualTo(
            Outcome.failed("wrong-amount", "The ledger booked another amount", AMOUNT, "0.2"));
  }

  @Test
  void two_bookings_are_one_too_many_whatever_their_amounts() {
    assertThat(codes(booked(entry("booking", AMOUNT), entry("booking", "7"))))
        .containsExactly("booked-twice");
  }

  @Test
  void a_withdrawal_that_is_only_requested_is_not_completed() {
    assertThat(codes(WithdrawalChecks.completed(new WithdrawalProgress(withdrawal("requested")))))
        .containsExactly("not-completed");
  }

  @Test
  void a_completed_or_refunded_withdrawal_is_completed() {
    assertThat(Stream.of("completed", "refunded"))
        .allSatisfy(
            status ->
                assertThat(WithdrawalChecks.completed(new WithdrawalProgress(withdrawal(status))))
                    .isEqualTo(Outcome.passed()));
  }

  @Test
  void a_withdrawal_without_refund_has_nothing_to_check() {
    assertThat(refunded("completed")).isInstanceOf(Outcome.NotApplicable.class);
  }

  @Test
  void one_refund_of_the_amount_is_right() {
    assertThat(refunded("refunded", refund("paid", "0.1"))).isEqualTo(Outcome.passed());
  }

  @Test
  void a_reversed_refund_does_not_count() {
    assertThat(refunded("refunded", refund("paid", AMOUNT), refund("reversed", AMOUNT)))
        .isEqualTo(Outcome.passed());
  }

  @Test
  void two_paid_refunds_are_one_too_many() {
    assertThat(codes(refunded("refunded", refund("paid", AMOUNT), refund("paid", AMOUNT))))
        .containsExactly("refunded-twice");
  }

  @Test
  void a_refunded_withdrawal_has_a_refund() {
    assertThat(codes(refunded("refunded"))).containsExactly("refund-missing");
  }

  @Test
  void a_refund_is_of_the_whole_amount() {
    assertThat(codes(refunded("refunded", refund("paid", "0.09")))).containsExactly("wrong-refund");
  }

  private static Outcome booked(LedgerEntry... entries) {
    return WithdrawalChecks.bookedOnce(
        new WithdrawalBooking(withdrawal("completed"), List.of(entries)));
  }

  private static Outcome refunded(String status, Refund... refunds) {
    return WithdrawalChecks.refundedOnce(
        new WithdrawalRefunds(withdrawal(status), List.of(refunds)));
  }

  private static Withdrawal withdrawal(String status) {
    return new Withdrawal(new UUID(0, 42), new BigDecimal(AMOUNT), status);
  }

  private static LedgerEntry entry(String kind, String amount) {
    return new LedgerEntry(new BigDecimal(amount), kind);
  }

  private static Refund refund(String status, String amount) {
    return new Refund(new BigDecimal(amount), status);
  }

  private static List<String> codes(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed
        ? failed.reasons().stream().map(Outcome.Reason::code).toList()
        : List.of();
  }
}
