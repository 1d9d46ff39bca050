package dev.overseer.ingestion;

/**
 * The source did not answer or ended the connection, or what it sent cannot be kept for now:
 * connect again later. Checked, because it is an expected outcome of every call to a source; {@link
 * dev.overseer.model.Unavailable} out of ingestion is then always the log's.
 */
public final class SourceLost extends Exception {
  private static final long serialVersionUID = 1L;

  public SourceLost(String message) {
    super(message);
  }

  public SourceLost(String message, Throwable cause) {
    super(message, cause);
  }
}
