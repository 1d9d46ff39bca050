package dev.overseer.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One record of the update log. The log is, for every source, a substream of whole transactions
 * (their {@link Change}s, then one {@link Commit}), marks and configuration records; the substreams
 * of different sources interleave as they arrived.
 *
 * <p>Byte arrays are as received and must never be changed by whoever holds a record.
 */
public sealed interface LogRecord {

  /** The source to whose substream this record belongs. */
  SourceName source();

  /**
   * The source's tailing begins here, or goes on under other conditions: another incarnation or
   * another clock offset. Whatever the source left uncommitted before it is void.
   *
   * @param clockOffsetMicros added to commit times to give effective times
   */
  record SourceOpened(
      SourceName source, String type, Incarnation incarnation, long clockOffsetMicros)
      implements LogRecord {}

  /**
   * The source's history goes on in another server, whose history left ours: a standby was
   * promoted. Positions up to {@code fork} mean the same in both. Whatever the source left
   * uncommitted before it is void.
   *
   * <p>The source's transactions whose commits are stored from {@code disowned} on, and before this
   * record, never happened in the history that goes on. They stay in ours up to {@code from}, for
   * up to there they were the source's state; from then on, inclusive, they count no more.
   *
   * @param incarnation the history that goes on
   * @param disowned this record's own offset, if there are none
   * @param from the watermark: no less than the effective time of any of them
   */
  record Forked(
      SourceName source,
      Incarnation incarnation,
      SourcePosition fork,
      LogOffset disowned,
      EffectiveTime from)
      implements LogRecord {}

  /**
   * How to read the changes of a table from here on: in pgoutput, the Relation message.
   *
   * @param format the wire format of {@code bytes} and of the changes that name this schema
   * @param bytes as received, but for the treated columns: a dropped one is missing, the others are
   *     text
   * @param treated the table's columns whose values these changes do not hold as the source has
   *     them, in the order of their names
   */
  record Schema(
      SourceName source, TableName table, String format, byte[] bytes, List<TreatedColumn> treated)
      implements LogRecord {
    public Schema {
      treated = List.copyOf(treated);
    }

    /** Of which nothing is treated. */
    public Schema(SourceName source, TableName table, String format, byte[] bytes) {
      this(source, table, format, bytes, List.of());
    }
  }

  /**
   * One change as received. Visible to readers only with its transaction's {@link Commit}.
   *
   * @param ordinal from 0, among the surviving changes of the transaction
   * @param schema the offset of the {@link Schema} needed to read it; a change that needs none (an
   *     annotation) names its own transaction's first offset
   * @param raw the change's bytes, exactly as received but for the columns that its schema names as
   *     treated
   */
  record Change(SourceName source, int ordinal, Operation operation, LogOffset schema, byte[] raw)
      implements LogRecord {}

  /**
   * A change that could not be decoded: kept, and part of its transaction like a {@link Change},
   * but no record's state may be derived from it.
   */
  record DeadLetter(SourceName source, int ordinal, String format, String reason, byte[] raw)
      implements LogRecord {}

  /**
   * Makes a transaction visible: the changes, dead letters and {@link Expired} changes of this
   * source between {@code first} and this record.
   *
   * @param first offset of the transaction's first change; this record's own, if it has none
   * @param end the position from which to resume after this transaction
   * @param xid the source's own number of the transaction; 0 where there was none there, and the
   *     changes are rows that a snapshot found
   * @param commitTime on the source's clock
   * @param effectiveTime never less than that of any earlier commit or mark of this source
   */
  record Commit(
      SourceName source,
      TransactionId transaction,
      SourcePosition end,
      long xid,
      LogOffset first,
      int count,
      Instant commitTime,
      EffectiveTime effectiveTime,
      TimeBasis basis)
      implements LogRecord {

    /** Whether the changes are rows that existed already. */
    public boolean isOfSnapshot() {
      return xid == 0;
    }
  }

  /**
   * From here on nothing is told of the source as of times before {@code from}: its changes of then
   * may be deleted, but for those without which the states at {@code from} and later could not be
   * told. Nothing is deleted before this record is stored.
   *
   * @param from never less than that of an earlier horizon of this source
   */
  record Horizon(SourceName source, EffectiveTime from) implements LogRecord {}

  /**
   * Stands where a {@link Change} was, which was deleted because it was older than its source's
   * retention and said nothing that holds at the source's {@link Horizon} or later.
   *
   * @param ordinal the change's
   */
  record Expired(SourceName source, int ordinal) implements LogRecord {}

  /** How a transaction came by its effective time. */
  enum TimeBasis {
    /** Its commit time plus the source's offset. */
    COMMIT_TIME,
    /** A predecessor was later: the source's clock or its commit order ran behind. */
    PREDECESSOR,
    /** It landed below a mark: its commit was delayed after its stamp by more than the slack. */
    MARK,
    /** Its commit time was implausibly far ahead, and was not believed. */
    JUMP
  }

  /**
   * Nothing of this source will ever be added with an effective time below {@code watermark}; and
   * everything below it is stored before this record.
   *
   * @param position the position up to which the source's log was read, from which to resume
   */
  record Mark(SourceName source, EffectiveTime watermark, SourcePosition position)
      implements LogRecord {}

  /**
   * The table's existing rows are being read, and the reading has come so far: what it placed lies
   * before this record. Ends with the table's {@link TableKnown} or {@link TableUnknown}.
   *
   * @param rows how many it has placed
   * @param next where the next chunk begins, in the source's own terms, an empty list being the
   *     table's beginning; absent when all chunks were placed
   * @param again the keys of rows to be read again, because they moved while they were read
   */
  record TableReading(
      SourceName source,
      TableName table,
      long rows,
      Optional<List<String>> next,
      List<List<String>> again)
      implements LogRecord {
    public TableReading {
      next = next.map(List::copyOf);
      again = again.stream().map(List::copyOf).toList();
    }

    public static TableReading begun(SourceName source, TableName table) {
      return new TableReading(source, table, 0, Optional.of(List.of()), List.of());
    }
  }

  /** From {@code from} on, inclusive, the table's records are wholly known. */
  record TableKnown(SourceName source, TableName table, EffectiveTime from) implements LogRecord {}

  /**
   * After {@code after}, exclusive, the table's records are no longer known, until a later {@link
   * TableKnown}.
   */
  record TableUnknown(SourceName source, TableName table, EffectiveTime after, String reason)
      implements LogRecord {}
}
