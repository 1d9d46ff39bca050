package dev.overseer.formats.pgoutput;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Lsn;
import dev.overseer.model.Operation;
import dev.overseer.model.SourceName;
import dev.overseer.model.TransactionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes one source's substream of an update log, as ingestion would, for tests of those who read
 * it. Effective times are in microseconds; commit times are the same.
 */
public final class PgLogWriter {

  private final SourceName source;
  private final Appending append;
  private final Map<PgTable, LogOffset> schemas = new HashMap<>();
  private final NavigableMap<LogOffset, Long> commits = new TreeMap<>();
  private Incarnation incarnation = new Incarnation("fixture", 1);
  private long position = 1000;

  /** What appends one record to the log, and gives its offset. */
  @FunctionalInterface
  public interface Appending {
    LogOffset append(LogRecord record);
  }

  public PgLogWriter(String source, Appending append) {
    this.source = new SourceName(source);
    this.append = append;
  }

  /** One change of a table, yet to be committed. */
  public record TableChange(PgTable table, Operation operation, byte[] raw) {}

  public static TableChange snapshot(PgTable table, @Nullable String... row) {
    return new TableChange(table, Operation.SNAPSHOT, table.insert(row));
  }

  public static TableChange insert(PgTable table, @Nullable String... row) {
    return new TableChange(table, Operation.INSERT, table.insert(row));
  }

  public static TableChange update(PgTable table, @Nullable String... row) {
    return new TableChange(table, Operation.UPDATE, table.update(row));
  }

  public static TableChange updateKey(PgTable table, String oldKey, @Nullable String... row) {
    return new TableChange(table, Operation.UPDATE, table.updateKey(List.of(oldKey), row));
  }

  public static TableChange delete(PgTable table, String... key) {
    return new TableChange(table, Operation.DELETE, table.delete(key));
  }

  public static TableChange truncate(PgTable table) {
    return new TableChange(table, Operation.TRUNCATE, table.truncate());
  }

  public LogOffset open() {
    return append.append(new LogRecord.SourceOpened(source, "postgres", incarnation, 0));
  }

  public LogOffset known(PgTable table, long fromMicros) {
    return append.append(
        new LogRecord.TableKnown(source, table.name(), new EffectiveTime(fromMicros)));
  }

  public LogOffset unknown(PgTable table, long afterMicros, String reason) {
    return append.append(
        new LogRecord.TableUnknown(source, table.name(), new EffectiveTime(afterMicros), reason));
  }

  public LogOffset mark(long micros) {
    return append.append(
        new LogRecord.Mark(source, new EffectiveTime(micros), new Lsn(++position)));
  }

  /**
   * A standby goes on, which never had what was committed from {@code disowned} on, and uses those
   * positions again.
   *
   * @param disowned the offset of a commit
   */
  public LogOffset forked(LogOffset disowned, long fromMicros) {
    Map.Entry<LogOffset, Long> last = commits.lowerEntry(disowned);
    position = last == null ? 1001 : last.getValue() + 48;
    incarnation = new Incarnation(incarnation.system(), incarnation.timeline() + 1);
    return append.append(
        new LogRecord.Forked(
            source, incarnation, new Lsn(position), disowned, new EffectiveTime(fromMicros)));
  }

  /** Where the last transaction was committed, or the last mark was. */
  public Lsn position() {
    return new Lsn(position);
  }

  /**
   * A whole transaction; the schemas of tables that were not seen before come first.
   *
   * @return the offset of its commit
   */
  public LogOffset commit(long micros, TableChange... changes) {
    List<LogOffset> offsets = torn(changes);
    boolean isOfSnapshot =
        Stream.of(changes).anyMatch(change -> change.operation() == Operation.SNAPSHOT);
    LogOffset commit =
        append.append(
            commitRecord(
                micros, offsets.getFirst(), offsets.size(), isOfSnapshot ? 0 : position + 100));
    commits.put(commit, position);
    return commit;
  }

  /** The same, where the changes are read by a schema that was appended by hand. */
  public LogOffset commitUnder(LogOffset schema, long micros, TableChange... changes) {
    for (TableChange change : changes) {
      schemas.put(change.table(), schema);
    }
    return commit(micros, changes);
  }

  /**
   * Changes without their commit, as a crash leaves them.
   *
   * @param changes at least one
   * @return the offset of each
   */
  public List<LogOffset> torn(TableChange... changes) {
    for (TableChange change : changes) {
      schemas.computeIfAbsent(change.table(), table -> append.append(table.schema()));
    }
    List<LogOffset> offsets = new ArrayList<>();
    for (TableChange change : changes) {
      offsets.add(append.append(logRecord(offsets.size(), change)));
    }
    return offsets;
  }

  private LogRecord logRecord(int ordinal, TableChange change) {
    LogOffset schema = schemas.getOrDefault(change.table(), LogOffset.ZERO);
    return new LogRecord.Change(source, ordinal, change.operation(), schema, change.raw());
  }

  private LogRecord.Commit commitRecord(long micros, LogOffset first, int count, long xid) {
    EffectiveTime time = new EffectiveTime(micros);
    position += 100;
    return new LogRecord.Commit(
        source,
        new TransactionId(incarnation, new Lsn(position)),
        new Lsn(position + 48),
        xid,
        first,
        count,
        time.toInstant(),
        time,
        LogRecord.TimeBasis.COMMIT_TIME);
  }
}
