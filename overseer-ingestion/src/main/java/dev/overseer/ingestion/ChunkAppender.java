package dev.overseer.ingestion;

import dev.overseer.model.ChunkPosition;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.LogRecord.TableReading;
import dev.overseer.model.Lsn;
import dev.overseer.model.Operation;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import dev.overseer.model.TransactionId;
import dev.overseer.store.log.AppendLog;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Appends existing rows to the update log, as transactions of their own between those of the
 * stream, and with each how far the reading has come: both or none are there after a crash. They
 * take effect at the watermark, which they do not move.
 */
final class ChunkAppender {
  private final SourceName source;
  private final AppendLog<LogRecord> log;
  private final SourceSchemas schemas;
  private final EffectiveClock clock;
  private final SourceKnowledge knowledge;
  private final Counters counters;

  ChunkAppender(
      SourceName source,
      AppendLog<LogRecord> log,
      SourceSchemas schemas,
      EffectiveClock clock,
      SourceKnowledge knowledge,
      Counters counters) {
    this.source = source;
    this.log = log;
    this.schemas = schemas;
    this.clock = clock;
    this.knowledge = knowledge;
    this.counters = counters;
  }

  /** A transaction that is being appended. */
  private final class Current {
    LogOffset first = log.appended();
    int count;

    void add(Operation operation, LogOffset schema, byte[] raw) {
      LogOffset offset = log.append(new LogRecord.Change(source, count, operation, schema, raw));
      first = count == 0 ? offset : first;
      count++;
      counters.changes++;
      counters.rawBytes += raw.length;
    }
  }

  /**
   * The rows of these tables are to be read from the beginning. What is known of them from before
   * is void: whatever is not found again is gone.
   */
  void begin(Collection<TableName> tables, SourcePosition at, RowFormat format) {
    Current emptying = new Current();
    List<LogRecord> records = new ArrayList<>();
    for (TableName table : tables) {
      schemas.find(table).ifPresent(last -> empty(emptying, last, format));
      TableReading begun = TableReading.begun(source, table);
      records.add(begun);
      knowledge.reading().put(table, begun);
    }
    if (emptying.count > 0) {
      commit(emptying, clock.watermark().micros(), at, _ -> records);
    } else {
      log.appendTogether(records);
    }
  }

  private static void empty(Current emptying, SourceSchemas.Stored last, RowFormat format) {
    emptying.add(Operation.TRUNCATE, last.offset(), format.emptying(last.schema().bytes()));
  }

  void forget(TableName table, EffectiveTime after, String reason) {
    log.append(new LogRecord.TableUnknown(source, table, after, reason));
    knowledge.known().remove(table);
    knowledge.reading().remove(table);
  }

  /** Appends rows of a chunk, and how far the reading of their table has come with them. */
  void place(Chunk chunk, List<Chunk.Row> rows, SourcePosition at, TableReading reached) {
    commit(added(chunk, rows), chunk.sourceMicros(), at, _ -> List.of(reached));
    knowledge.reading().put(reached.table(), reached);
  }

  /** Appends the last rows of a table, which is known with them. */
  void placeLast(Chunk chunk, List<Chunk.Row> rows, SourcePosition at) {
    TableName table = chunk.order().table();
    commit(
        added(chunk, rows),
        chunk.sourceMicros(),
        at,
        time -> List.of(new LogRecord.TableKnown(source, table, time)));
    knowledge.reading().remove(table);
    knowledge.known().add(table);
  }

  private Current added(Chunk chunk, List<Chunk.Row> rows) {
    if (rows.isEmpty() && schemas.find(chunk.order().table()).isEmpty()) {
      return new Current();
    }
    LogOffset schema = schemas.offsetOf(chunk.order().table(), chunk.format(), chunk.schema());
    Current transaction = new Current();
    rows.forEach(row -> transaction.add(Operation.SNAPSHOT, schema, row.raw()));
    counters.snapshotRows += rows.size();
    return transaction;
  }

  private void commit(
      Current transaction,
      long sourceMicros,
      SourcePosition at,
      Function<EffectiveTime, List<LogRecord>> beside) {
    LogRecord.Commit commit = commitOf(transaction, sourceMicros, at);
    List<LogRecord> records = new ArrayList<>(List.of(commit));
    records.addAll(beside.apply(commit.effectiveTime()));
    LogOffset offset = log.appendTogether(records);
    knowledge.recorded(offset.plus(records.size() - 1), at);
    counters.transactions++;
  }

  private LogRecord.Commit commitOf(Current transaction, long sourceMicros, SourcePosition at) {
    EffectiveClock.Stamp stamp = clock.stampRows(sourceMicros);
    return new LogRecord.Commit(
        source,
        new TransactionId(knowledge.incarnation().orElseThrow(), positionOf(transaction, at)),
        at,
        0,
        transaction.first,
        transaction.count,
        Instant.EPOCH.plus(sourceMicros, ChronoUnit.MICROS),
        stamp.time(),
        stamp.basis());
  }

  private static SourcePosition positionOf(Current transaction, SourcePosition at) {
    return switch (at) {
      case Lsn lsn -> new ChunkPosition(lsn, transaction.first.value());
      case ChunkPosition chunk -> throw new InvariantViolated("A chunk placed at " + chunk);
    };
  }

  /** A row of {@code table} must be read once more. */
  void readAgain(TableName table, List<String> key) {
    TableReading reading = knowledge.reading().get(table);
    if (reading != null && !reading.again().contains(key)) {
      List<List<String>> again = new ArrayList<>(reading.again());
      again.add(key);
      TableReading more = new TableReading(source, table, reading.rows(), reading.next(), again);
      log.append(more);
      knowledge.reading().put(table, more);
    }
  }
}
