package dev.overseer.ingestion;

import dev.overseer.model.SourcePosition;

/** A source's log as it arrives. */
public interface SourceStream extends AutoCloseable {

  /**
   * Hands over what has arrived, without waiting for more.
   *
   * @return how much was heard, if only a sign of life; 0 when nothing had arrived
   */
  int poll(StreamReceiver into, int framesMax) throws SourceLost;

  /**
   * Tells the source that it need not keep anything before {@code durable}, and asks it how far it
   * has read its own log.
   */
  void confirm(SourcePosition durable) throws SourceLost;

  /**
   * Whether the source asked to be told at once how far we are, since the last {@link #confirm}.
   */
  boolean awaitsConfirmation();

  /**
   * How much of transactions that have not ended is kept aside, on disk. Nothing where the source
   * sends a transaction only when it has ended.
   */
  default long spooledBytes() {
    return 0;
  }

  @Override
  void close();
}
