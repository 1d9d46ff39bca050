package dev.overseer.model;

/**
 * The caller asked for something that cannot be: the call, or the configuration behind it, must
 * change.
 */
public final class InvalidRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidRequest(String message) {
    super(message);
  }

  public InvalidRequest(String message, Throwable cause) {
    super(message, cause);
  }
}
