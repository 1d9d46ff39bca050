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
import java.util.TreeMap;

/**
 * Writes a substream to the log, a record at a time, as ingestion does: schemas first, transactions
 * torn now and then and sent again whole, resumed after the last position that is durable.
 */
final class SimulatedSource implements Stage {
  private final SourceName name;
  private final Substream substream;
  private final AppendLog<LogRecord> log;
  private final Random random;
  private final Map<PgTable, LogOffset> schemas = new HashMap<>();
  private final TreeMap<Integer, LogOffset> commits = new TreeMap<>();
  private LogOffset first = LogOffset.ZERO;
  private boolean open;
  private int next;
  private int written;

  SimulatedSource(SourceName name, Substream substream, AppendLog<LogRecord> log, Random random) {
    this.name = name;
    this.substream = substream;
    this.log = log;
    this.random = random;
    this.next = resumed();
  }

  /** How many items of the substream are in the log whole: positions count them. */
  private int resumed() {
    int durable = 0;
    try (LogReader<LogRecord> reader = log.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        LogRecord record = reader.record();
        if (record.source().equals(name) && record instanceof LogRecord.Commit commit) {
          durable = count(commit.end());
          commits.put(durable - 1, reader.offset());
        } else if (record.source().equals(name) && record instanceof LogRecord.Mark mark) {
          durable = count(mark.position());
        } else if (record.source().equals(name) && record instanceof LogRecord.Forked) {
          durable++;
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
      case Substream.Fork fork -> {
        done(log.append(forked(fork)));
        open = false;
      }
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
    log.append(new LogRecord.SourceOpened(name, "postgres", incarnation(next), 0));
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
      LogOffset offset = log.append(commit(new EffectiveTime(time), xid));
      commits.put(next, offset);
      done(offset);
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

  /** Each promoted standby begins another history. */
  private Incarnation incarnation(int item) {
    long forks =
        substream.items().subList(0, item).stream()
            .filter(Substream.Fork.class::isInstance)
            .count();
    return new Incarnation("simulated", 1 + forks);
  }

  private LogRecord.Forked forked(Substream.Fork fork) {
    return new LogRecord.Forked(
        name,
        incarnation(next + 1),
        new Lsn(fork.kept()),
        commits.tailMap(fork.kept()).values().stream().findFirst().orElseGet(log::appended),
        new EffectiveTime(fork.time()));
  }

  private LogRecord.Mark mark(long time) {
    return new LogRecord.Mark(name, new EffectiveTime(time), new Lsn(next + 1L));
  }

  private LogRecord.Commit commit(EffectiveTime time, long xid) {
    return new LogRecord.Commit(
        name,
        new TransactionId(incarnation(next), new Lsn(next + 1L)),
        new Lsn(next + 1L),
        xid,
        first,
        written,
        time.toInstant(),
        time,
        LogRecord.TimeBasis.COMMIT_TIME);
  }
}
