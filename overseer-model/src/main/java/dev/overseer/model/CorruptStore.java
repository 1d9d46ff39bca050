package dev.overseer.model;

/** Stored bytes are not what was written: stop, and call a person. */
public final class CorruptStore extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CorruptStore(String message) {
    super(message);
  }

  public CorruptStore(String message, Throwable cause) {
    super(message, cause);
  }
}
