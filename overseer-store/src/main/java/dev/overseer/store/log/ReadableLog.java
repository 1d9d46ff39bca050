package dev.overseer.store.log;

import dev.overseer.model.LogOffset;
import java.util.UUID;

/**
 * A log as its readers see it: durable records, numbered densely from 0. Safe for many threads, but
 * for a {@link LogReader}, which belongs to one.
 */
public interface ReadableLog<R> extends AutoCloseable {

  /** Which log this is: given once, when it was created, and part of every one of its segments. */
  UUID identity();

  /** The offset after the last durable record: where a reader of the live tail waits. */
  LogOffset end();

  /** A reader whose first record is the one at {@code from}, which may lie beyond the end. */
  LogReader<R> reader(LogOffset from);

  /**
   * The durable record at {@code offset}.
   *
   * @throws dev.overseer.model.InvalidRequest when there is none
   * @throws dev.overseer.model.CorruptStore when its bytes are not what was written
   */
  R get(LogOffset offset);

  @Override
  void close();
}
