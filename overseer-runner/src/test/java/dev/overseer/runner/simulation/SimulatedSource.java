package dev.overseer.runner.simulation;

import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.model.ChunkPosition;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Lsn;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.Stage;
import dev.overseer.model.TransactionId;
import dev.overseer.runner.simulation.Substream.RowChange;
import dev.overseer.store.log.AppendLog;
import dev.overseer.store.log.LogReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Writes a substream to the log, a record at a time, as ingestion does: schemas first, transactions
 * torn now and then and sent again whole, resumed after the last position that is durable.
 */
final class SimulatedSource implements Stage {
  private static final Incarnation INCARNATION = new Incarnation("simulated", 1);

  private final SourceName name;
  private final Substream substream;
  private final AppendLog<LogRecord> log;
  private final Random random;
  private final Map<PgTable, LogOffset> schemas = new HashMap<>();
  private LogOffset first = LogOffset.ZERO;
  private boolean open;
  private int next;
  private int written;

  SimulatedSource(SourceName name, Substream substream, AppendLog<LogRecord> log, Random random) {
    this.name = name;
    this.substream = substream;
    this.log = log;
    this.random = random;
    this.next = durable(log, name);
  }

  /** How many items of the substream are in the log whole: positions count them. */
  private static int durable(AppendLog<LogRecord> log, SourceName name) {
    int durable = 0;
    try (LogReader<LogRecord> reader = log.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        LogRecord record = reader.record();
        if (record.source().equals(name) && record instanceof LogRecord.Commit commit) {
          durable = count(commit.end());
        } else if (record.source().equals(name) && record instanceof LogRecord.Mark mark) {
          durable = count(mark.position());
        }
      }
    }
    return durable;
  }

  private static int count(SourcePosition position) {
    return switch (position) {
      case Lsn(long value) -> (int) value;
      case ChunkPosition chunk -> throw new AssertionError(chunk);
    };
  }

  boolean isDone() {
    return next == substream.items().size();
  }

  @Override
  public boolean step() {
    if (isDone()) {
      return false;
    }
    if (!open || random.nextInt(40) == 0) {
      connect();
      return true;
    }
    switch (substream.items().get(next)) {
      case Substream.Transaction(long time, List<RowChange> changes) ->
          write(time, changes, next + 1L);
      case Substream.Chunk(long time, List<RowChange> rows) -> write(time, rows, 0);
      case Substream.Mark mark -> done(log.append(mark(mark.time())));
      case Substream.Lost(long time, PgTable table) ->
          done(
              log.appendTogether(
                  List.of(
                      new LogRecord.TableUnknown(
                          name, table.name(), new EffectiveTime(time).previous(), "simulated"),
                      mark(time))));
      case Substream.Found(long time, PgTable table) ->
          done(
              log.appendTogether(
                  List.of(
                      new LogRecord.TableKnown(name, table.name(), new EffectiveTime(time)),
                      mark(time))));
    }
    return true;
  }

  /** Whatever was sent of a transaction is void, and so are schemas. */
  private void connect() {
    open = true;
    written = 0;
    schemas.clear();
    log.append(new LogRecord.SourceOpened(name, "postgres", INCARNATION, 0));
    if (next == 0) {
      substream
          .read()
          .forEach(
              table ->
                  log.append(
                      new LogRecord.TableKnown(
                          name, table.name(), new EffectiveTime(Substream.START))));
    }
  }

  /**
   * @param xid 0 where the changes are rows that existed
   */
  private void write(long time, List<RowChange> changes, long xid) {
    if (written == changes.size()) {
      done(log.append(commit(new EffectiveTime(time), xid)));
      return;
    }
    RowChange change = changes.get(written);
    LogOffset schema = schemas.computeIfAbsent(change.table(), table -> log.append(table.schema()));
    LogOffset offset =
        log.append(new LogRecord.Change(name, written, change.operation(), schema, change.raw()));
    first = written == 0 ? offset : first;
    written++;
  }

  private void done(LogOffset at) {
    first = at;
    next++;
    written = 0;
  }

  private LogRecord.Mark mark(long time) {
    return new LogRecord.Mark(name, new EffectiveTime(time), new Lsn(next + 1L));
  }

  private LogRecord.Commit commit(EffectiveTime time, long xid) {
    return new LogRecord.Commit(
        name,
        new TransactionId(INCARNATION, new Lsn(next + 1L)),
        new Lsn(next + 1L),
        xid,
        first,
        written,
        time.toInstant(),
        time,
        LogRecord.TimeBasis.COMMIT_TIME);
  }
}
