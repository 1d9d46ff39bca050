package dev.overseer.ingestion;

import dev.overseer.model.SourcePosition;

/** A source's log as it arrives. */
public interface SourceStream extends AutoCloseable {

  /**
   * Hands over what has arrived, without waiting for more; but what was committed at {@code until}
   * or after it stays held, with all that follows it.
   *
   * @return how much was heard, if only a sign of life; 0 when nothing had arrived
   */
  int poll(StreamReceiver into, SourcePosition until, int framesMax) throws SourceLost;

  /** Whether the last {@link #poll} ended at a transaction that was committed too late for it. */
  boolean isHeld();

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
