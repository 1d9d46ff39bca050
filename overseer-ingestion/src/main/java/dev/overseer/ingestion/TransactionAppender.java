package dev.overseer.ingestion;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Operation;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import dev.overseer.model.TransactionId;
import dev.overseer.store.log.AppendLog;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Appends a source's transactions to the update log as they stream: nothing is held back until a
 * commit, so a transaction may be larger than memory. One that the stream breaks off stays without
 * its commit in the log, and is void; it comes again. One that is stored already is passed over.
 *
 * <p>Marks are appended between transactions only: while one streams, nothing after it can have
 * been received, so no probe is newly passed either.
 */
final class TransactionAppender implements StreamReceiver {
  private final SourceName source;
  private final Set<TableName> wanted;
  private final AppendLog<LogRecord> log;
  private final SourceSchemas schemas;
  private final EffectiveClock clock;
  private final SourceKnowledge knowledge;
  private final Counters counters;

  private @Nullable SourcePosition passed;
  private @Nullable Current current;

  /** The transaction that is streaming. */
  private static final class Current {
    final TransactionId id;
    final long commitMicros;
    final long xid;

    /** It came before, all of it: it is passed over. */
    final boolean isResent;

    @Nullable LogOffset first;
    int count;

    Current(TransactionId id, long commitMicros, long xid, boolean isResent) {
      this.id = id;
      this.commitMicros = commitMicros;
      this.xid = xid;
      this.isResent = isResent;
    }
  }

  TransactionAppender(
      SourceDefinition definition,
      AppendLog<LogRecord> log,
      SourceSchemas schemas,
      EffectiveClock clock,
      SourceKnowledge knowledge,
      Counters counters) {
    this.source = definition.source();
    this.wanted = definition.tables();
    this.log = log;
    this.schemas = schemas;
    this.clock = clock;
    this.knowledge = knowledge;
    this.counters = counters;
  }

  /** A stream begins at {@code position}; a transaction that the last one broke off is void. */
  void resumed(SourcePosition position) {
    current = null;
    passed = position;
  }

  /** Everything committed before this was received; absent until a stream has begun. */
  Optional<SourcePosition> passed() {
    return Optional.ofNullable(passed);
  }

  boolean isBetweenTransactions() {
    return current == null;
  }

  @Override
  public void begin(SourcePosition commit, long commitMicros, long xid) {
    Incarnation incarnation =
        knowledge
            .incarnation()
            .orElseThrow(() -> new InvariantViolated("A transaction before its source was opened"));
    current =
        new Current(
            new TransactionId(incarnation, commit), commitMicros, xid, knowledge.isStored(commit));
  }

  @Override
  public Optional<LogOffset> schema(TableName table, String format, byte[] bytes) {
    return wanted.contains(table)
        ? Optional.of(schemas.offsetOf(table, format, bytes))
        : Optional.empty();
  }

  @Override
  public void change(Operation operation, LogOffset schema, byte[] raw) {
    Current transaction = current();
    if (!transaction.isResent) {
      append(
          transaction,
          new LogRecord.Change(source, transaction.count, operation, schema, raw),
          raw.length);
    }
  }

  @Override
  public void annotation(byte[] raw) {
    Current transaction = current();
    LogOffset schema = transaction.first == null ? log.appended() : transaction.first;
    change(Operation.ANNOTATION, schema, raw);
  }

  @Override
  public void deadLetter(String format, String reason, byte[] raw) {
    Current transaction = current();
    if (!transaction.isResent) {
      counters.deadLetters++;
      counters.lastUnreadable = reason;
      append(
          transaction,
          new LogRecord.DeadLetter(source, transaction.count, format, reason, raw),
          raw.length);
    }
  }

  @Override
  public void skip() {
    counters.skipped++;
  }

  @Override
  public void heartbeat() {
    counters.heartbeats++;
  }

  private void append(Current transaction, LogRecord record, int rawBytes) {
    LogOffset offset = log.append(record);
    if (transaction.first == null) {
      transaction.first = offset;
    }
    transaction.count++;
    counters.changes++;
    counters.rawBytes += rawBytes;
  }

  @Override
  public void commit(SourcePosition end) {
    Current transaction = current();
    if (transaction.isResent) {
      counters.resent++;
    } else if (transaction.count > 0) {
      LogOffset offset = log.append(commitOf(transaction, end));
      committed(transaction, offset, end);
    }
    current = null;
    passed(end);
  }

  private void committed(Current transaction, LogOffset offset, SourcePosition end) {
    knowledge.committed(transaction.id.commit());
    knowledge.recorded(offset, end);
    counters.transactions++;
  }

  private LogRecord.Commit commitOf(Current transaction, SourcePosition end) {
    EffectiveClock.Stamp stamp = clock.stamp(transaction.commitMicros);
    switch (stamp.basis()) {
      case MARK -> counters.clamped++;
      case JUMP -> counters.jumps++;
      case COMMIT_TIME, PREDECESSOR -> {}
    }
    return new LogRecord.Commit(
        source,
        transaction.id,
        end,
        transaction.xid,
        transaction.first == null ? log.appended() : transaction.first,
        transaction.count,
        Instant.EPOCH.plus(transaction.commitMicros, ChronoUnit.MICROS),
        stamp.time(),
        stamp.basis());
  }

  @Override
  public void passed(SourcePosition position) {
    if (current == null) {
      passed = passed == null ? position : Positions.later(passed, position);
    }
  }

  /** Appends what the clock says already; everything before {@code position} was received. */
  void appendMark(EffectiveTime watermark, SourcePosition position) {
    LogOffset offset = log.append(new LogRecord.Mark(source, watermark, position));
    knowledge.recorded(offset, position);
    counters.marks++;
  }

  private Current current() {
    if (current == null) {
      throw new InvariantViolated("A change of source '" + source + "' outside a transaction");
    }
    return current;
  }
}
