package dev.overseer.store.log;

import dev.overseer.model.LogOffset;

/**
 * A cursor over a log. It never waits: at the live tail it says so, and may be asked again. Records
 * without content are passed over.
 */
public interface LogReader<R> extends AutoCloseable {

  /**
   * Moves to the next durable record.
   *
   * @return false at the end of what is durable; a later call may succeed
   */
  boolean next();

  /** The record moved to. */
  R record();

  /** The offset of the record moved to. */
  LogOffset offset();

  @Override
  void close();
}
