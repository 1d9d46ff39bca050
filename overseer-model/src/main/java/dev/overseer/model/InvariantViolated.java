package dev.overseer.model;

/** A promise of our own code does not hold: a defect of Overseer. */
public final class InvariantViolated extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvariantViolated(String message) {
    super(message);
  }

  public InvariantViolated(String message, Throwable cause) {
    super(message, cause);
  }
}
