package dev.overseer.ingestion;

/**
 * The source did not answer or ended the connection, or what it sent cannot be kept for now:
 * connect again later. Checked, because it is an expected outcome of every call to a source; {@link
 * dev.overseer.model.Unavailable} out of ingestion is then always the log's.
 */
public final class SourceLost extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean forGood;

  public SourceLost(String message) {
    super(message);
    this.forGood = false;
  }

  public SourceLost(String message, Throwable cause) {
    this(message, cause, false);
  }

  private SourceLost(String message, Throwable cause, boolean forGood) {
    super(message, cause);
    this.forGood = forGood;
  }

  /** The source's log cannot be followed from where we are, however often we try. */
  public static SourceLost forGood(String message, Throwable cause) {
    return new SourceLost(message, cause, true);
  }

  public boolean isForGood() {
    return forGood;
  }
}
