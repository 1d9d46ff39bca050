package dev.overseer.store.log;

import dev.overseer.model.LogOffset;
import java.util.List;

/**
 * An append-only log of records, numbered densely. The update log is an {@code
 * AppendLog<LogRecord>}, the journal an {@code AppendLog} of journal entries.
 *
 * <p>Appending assigns an offset at once but promises nothing; {@link #sync} makes everything
 * appended before it durable, and only what is durable can be read. After a crash the log ends at
 * some point at or after the last sync that returned, never inside a group that was appended
 * together. Safe for many threads.
 */
public interface AppendLog<R> extends ReadableLog<R> {

  /**
   * Appends one record. Waits for a sync, its own if need be, while more than the configured amount
   * is appended but not yet durable.
   *
   * @return the record's offset
   */
  LogOffset append(R record);

  /**
   * Appends records next to each other: after a crash all of them are there or none.
   *
   * @return the offset of the first
   */
  LogOffset appendTogether(List<R> records);

  /**
   * Makes everything that was appended before this call durable and readable. Concurrent calls
   * share one write.
   *
   * @return {@link #end()} after it
   * @throws dev.overseer.model.Unavailable when the disk refuses; nothing appended since the last
   *     sync can then be relied on, and the log must be opened anew
   */
  LogOffset sync();

  /** The offset that the next appended record will get; {@link #end()} when all is durable. */
  LogOffset appended();

  /**
   * Everything before this offset outlives what the log is set up to outlive: a crash, or the loss
   * of the whole machine. Nothing at or after it may be confirmed to a source. Never beyond {@link
   * #end()}, and behind it where an archive has yet to take what the disk holds.
   */
  LogOffset safe();

  /**
   * Whether more should be brought in from outside. It should not while the disk is nearly full,
   * say, or holds too much that the archive has not taken; what is under way may still be appended.
   */
  boolean hasRoom();

  /** Ends without a sync: what was appended since the last one may be lost. */
  @Override
  void close();
}
