package dev.overseer.examples.exchange.traffic;

/** A way in which a withdrawal goes wrong, and how that must be found. */
public enum Breakage {
  BOOKING_MISSING("booking missing", "withdrawal-is-booked-once", "booking-missing"),
  WRONG_AMOUNT("wrong amount", "withdrawal-is-booked-once", "wrong-amount"),
  BOOKED_TWICE("booked twice", "withdrawal-is-booked-once", "booked-twice"),
  NEVER_COMPLETED("never completed", "withdrawal-is-completed", "not-completed"),
  REFUNDED_TWICE("refunded twice", "withdrawal-is-refunded-once", "refunded-twice"),
  WITHDRAWAL_MISSING("booking without withdrawal", "withdrawal-is-booked-once", "root-missing");

  private final String text;
  private final String check;
  private final String reason;

  Breakage(String text, String check, String reason) {
    this.text = text;
    this.check = check;
    this.reason = reason;
  }

  /** For people. */
  public String text() {
    return text;
  }

  /** The name of the only check that must fail. */
  public String check() {
    return check;
  }

  /** The code of the only reason that it must give. */
  public String reason() {
    return reason;
  }
}
