package dev.overseer.views;

/**
 * A value that was asked for is not known: no update up to the cut sent it. What depends on it is
 * inconclusive.
 */
public final class UnknownValue extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnknownValue(String message) {
    super(message);
  }
}
