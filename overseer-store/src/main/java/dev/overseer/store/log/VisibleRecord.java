package dev.overseer.store.log;

import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import java.util.List;

/**
 * The update log as its readers may see it: transactions whole, at their commit record, and
 * everything else as it stands.
 */
public sealed interface VisibleRecord {

  /** Where reading goes on after this one is {@code offset().next()}. */
  LogOffset offset();

  /**
   * A whole source transaction.
   *
   * @param offset that of the commit record
   * @param changes its changes and dead letters in source order
   */
  record Transaction(LogOffset offset, LogRecord.Commit commit, List<Placed> changes)
      implements VisibleRecord {}

  /** A mark or a configuration record. */
  record Other(LogOffset offset, LogRecord record) implements VisibleRecord {}

  /**
   * A {@link LogRecord.Change}, {@link LogRecord.DeadLetter} or {@link LogRecord.Expired} and its
   * own offset.
   */
  record Placed(LogOffset offset, LogRecord record) {}
}
