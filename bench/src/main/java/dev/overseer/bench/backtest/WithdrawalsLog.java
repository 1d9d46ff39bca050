package dev.overseer.bench.backtest;

import dev.overseer.bench.process.Directories;
import dev.overseer.formats.Formats;
import dev.overseer.formats.pgoutput.PgOutput;
import dev.overseer.formats.pgoutput.PgOutput.RelationColumn;
import dev.overseer.formats.pgoutput.PgOutputWriter;
import dev.overseer.formats.pgoutput.PgOutputWriter.Column;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Lsn;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.model.TransactionId;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Direction;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.model.ViewName;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.RocksSettings;
import dev.overseer.store.keyvalue.RocksStore;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.UpdateLogCodec;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A packed log of two sources and its index: withdrawals in one, their bookings in the other, at
 * 30,000 updates a second of their own time. Each withdrawal is inserted, sent, booked and done,
 * 0.4 s apart; one in ten thousand is never booked.
 */
final class WithdrawalsLog implements AutoCloseable {
  /** Of an update, about. */
  static final int BYTES = 300;

  private static final SourceName PAYMENTS = new SourceName("payments");
  private static final SourceName LEDGER = new SourceName("ledger");
  private static final ModelName WITHDRAWAL = new ModelName("withdrawal");
  private static final ModelName ENTRY = new ModelName("entry");
  private static final ReferenceName REFERENCE = new ReferenceName("withdrawal");
  private static final TableName WITHDRAWALS = TableName.parse("public.withdrawals");
  private static final TableName ENTRIES = TableName.parse("public.entries");
  private static final Incarnation INCARNATION = new Incarnation("bench", 1);
  private static final int PER_BLOCK = 10;
  private static final int BLOCK_UPDATES = 4 * PER_BLOCK;
  private static final long BLOCK_MICROS = BLOCK_UPDATES * 1_000_000L / 30_000;
  private static final int BLOCKS_APART = 300;
  private static final int PLANTED_EVERY = 10_000;
  private static final int SYNC_EVERY = 1000;
  private static final int INT8 = 20;
  private static final int NUMERIC = 1700;
  private static final int TEXT = 25;
  private static final String NOTE =
      "transfer of customer 17 to account 4711, pending order ".repeat(4);

  static final Definitions DEFINITIONS =
      new Definitions(
          List.of(
              new ModelDefinition(WITHDRAWAL, PAYMENTS, WITHDRAWALS, List.of("id"), Map.of()),
              new ModelDefinition(
                  ENTRY,
                  LEDGER,
                  ENTRIES,
                  List.of("id"),
                  Map.of(REFERENCE, ReferenceDefinition.of(WITHDRAWAL, "withdrawal_id")))),
          List.of(
              new ViewDefinition(
                  new ViewName("booking"),
                  WITHDRAWAL,
                  false,
                  List.of(
                      new Join(
                          "entries",
                          ENTRY,
                          WITHDRAWAL.value(),
                          REFERENCE,
                          Direction.MEMBER_TO_PARENT,
                          true)))));

  private final Path directory = Directories.temporary("overseer-bench-backtest");
  private final SegmentedLog<LogRecord> log =
      SegmentedLog.open(
          directory.resolve("updates"),
          new UpdateLogCodec(),
          LogSettings.of("updates", UUID.randomUUID(), InstantSource.system()));
  private final RocksStore store =
      RocksStore.open(
          directory.resolve("index"),
          RocksSettings.of(Durability.FLUSHED, KeyValueUpdateIndex.SPACES));
  private final KeyValueUpdateIndex index =
      KeyValueUpdateIndex.open(store, DEFINITIONS, IndexIdentity.of(log.identity(), DEFINITIONS));
  private long position = 1000;
  private long updates;
  private final long planted;

  private record Row(SourceName source, Operation operation, LogOffset schema, byte[] raw) {}

  private WithdrawalsLog(long blocks) {
    planted = (blocks * PER_BLOCK + PLANTED_EVERY - 2) / PLANTED_EVERY;
  }

  static WithdrawalsLog of(long updates) {
    WithdrawalsLog made = new WithdrawalsLog(updates / BLOCK_UPDATES);
    made.write(updates / BLOCK_UPDATES);
    made.follow();
    return made;
  }

  SegmentedLog<LogRecord> log() {
    return log;
  }

  KeyValueUpdateIndex index() {
    return index;
  }

  long updates() {
    return updates;
  }

  /** Withdrawals that were never booked. */
  long planted() {
    return planted;
  }

  private void write(long blocks) {
    LogOffset withdrawals = begin(PAYMENTS, relation(1, WITHDRAWALS, "status", TEXT));
    LogOffset entries = begin(LEDGER, relation(2, ENTRIES, "withdrawal_id", INT8));
    for (long at = 0; at < blocks + 3 * BLOCKS_APART; at++) {
      EffectiveTime time = new EffectiveTime((at + 1) * BLOCK_MICROS);
      commit(
          PAYMENTS,
          time,
          Stream.of(
                  block(at, blocks).map(id -> inserted(id, withdrawals)),
                  block(at - BLOCKS_APART, blocks).map(id -> updated(id, "sent", withdrawals)),
                  block(at - 3 * BLOCKS_APART, blocks).map(id -> updated(id, "done", withdrawals)))
              .flatMap(rows -> rows)
              .toList());
      commit(
          LEDGER,
          time,
          block(at - 2 * BLOCKS_APART, blocks)
              .filter(id -> id % PLANTED_EVERY != 1)
              .map(id -> booked(id, entries))
              .toList());
      if (at % SYNC_EVERY == 0) {
        log.sync();
        log.pack();
      }
    }
    long end = (blocks + 3 * BLOCKS_APART) * BLOCK_MICROS + 60_000_000;
    log.append(new LogRecord.Mark(PAYMENTS, new EffectiveTime(end), new Lsn(++position)));
    log.append(new LogRecord.Mark(LEDGER, new EffectiveTime(end), new Lsn(++position)));
    log.sync();
    while (log.pack()) {
      // as long as there is anything sealed
    }
  }

  private static Stream<Long> block(long block, long blocks) {
    return block < 0 || block >= blocks
        ? Stream.of()
        : Stream.iterate(block * PER_BLOCK, id -> id + 1).limit(PER_BLOCK);
  }

  private static Row inserted(long id, LogOffset schema) {
    List<@Nullable String> row = List.of(Long.toString(id), amount(id), "new", NOTE);
    return new Row(PAYMENTS, Operation.INSERT, schema, PgOutputWriter.insert(1, row));
  }

  private static Row updated(long id, String status, LogOffset schema) {
    List<Column> row =
        Stream.of(Long.toString(id), amount(id), status, NOTE).map(Column::of).toList();
    return new Row(PAYMENTS, Operation.UPDATE, schema, PgOutputWriter.update(1, row));
  }

  private static Row booked(long id, LogOffset schema) {
    List<@Nullable String> row =
        List.of(Long.toString(7 * id), amount(id), Long.toString(id), NOTE);
    return new Row(LEDGER, Operation.INSERT, schema, PgOutputWriter.insert(2, row));
  }

  private static String amount(long id) {
    return id % 1000 + ".25";
  }

  private static PgOutput.Relation relation(int number, TableName table, String column, int type) {
    return new PgOutput.Relation(
        number,
        table,
        PgOutput.ReplicaIdentity.DEFAULT,
        List.of(
            new RelationColumn(true, "id", INT8, -1),
            new RelationColumn(false, "amount", NUMERIC, -1),
            new RelationColumn(false, column, type, -1),
            new RelationColumn(false, "note", TEXT, -1)));
  }

  private LogOffset begin(SourceName source, PgOutput.Relation relation) {
    log.append(new LogRecord.SourceOpened(source, "postgres", INCARNATION, 0));
    log.append(new LogRecord.TableKnown(source, relation.table(), new EffectiveTime(0)));
    return log.append(
        new LogRecord.Schema(
            source, relation.table(), Formats.PGOUTPUT, PgOutputWriter.relation(relation)));
  }

  private void commit(SourceName source, EffectiveTime time, List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    LogOffset first = LogOffset.ZERO;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      LogOffset offset =
          log.append(new LogRecord.Change(source, i, row.operation(), row.schema(), row.raw()));
      first = i == 0 ? offset : first;
    }
    updates += rows.size();
    position += 100;
    log.append(
        new LogRecord.Commit(
            source,
            new TransactionId(INCARNATION, new Lsn(position)),
            new Lsn(position + 1),
            position,
            first,
            rows.size(),
            time.toInstant(),
            time,
            LogRecord.TimeBasis.COMMIT_TIME));
  }

  private void follow() {
    try (Indexer indexer =
        new Indexer(
            log,
            index,
            DEFINITIONS,
            Formats.standard()::decoder,
            (_, offset, reason) -> {
              throw new IllegalStateException(offset + " is unreadable: " + reason);
            })) {
      while (indexer.step()) {
        // as far as the log goes
      }
    }
  }

  @Override
  public void close() {
    index.close();
    log.close();
    Directories.remove(directory);
  }
}
