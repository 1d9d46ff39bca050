package dev.overseer.server.reading;

/** What a question names does not exist, as far as anything that was ever stored tells. */
public final class NotThere extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotThere(String message) {
    super(message);
  }
}
