package dev.overseer.store.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.LogRecord.Change;
import dev.overseer.model.LogRecord.Commit;
import dev.overseer.model.LogRecord.DeadLetter;
import dev.overseer.model.LogRecord.Mark;
import dev.overseer.model.LogRecord.Schema;
import dev.overseer.model.LogRecord.SourceOpened;
import dev.overseer.model.LogRecord.TableKnown;
import dev.overseer.model.LogRecord.TableUnknown;
import dev.overseer.model.LogRecord.TimeBasis;
import dev.overseer.model.Lsn;
import dev.overseer.model.Operation;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.model.TransactionId;
import java.util.HashMap;
import java.util.Map;

/**
 * Appends the records of one source to an update log as an ingestion would, for tests: it knows
 * where its schemas are and where its transaction began. Positions are effective times.
 */
public final class UpdateLogScript {
  private final AppendLog<LogRecord> log;
  private final SourceName source;
  private final Map<TableName, LogOffset> schemas = new HashMap<>();
  private Incarnation incarnation = new Incarnation("system", 1);
  private LogOffset first = LogOffset.ZERO;
  private int count;

  public UpdateLogScript(AppendLog<LogRecord> log, String source) {
    this.log = log;
    this.source = new SourceName(source);
  }

  public UpdateLogScript opened() {
    return opened("system", 1);
  }

  public UpdateLogScript opened(String system, long timeline) {
    incarnation = new Incarnation(system, timeline);
    count = 0;
    log.append(new SourceOpened(source, "postgres", incarnation, 0));
    return this;
  }

  public UpdateLogScript schema(String table, String format) {
    TableName name = TableName.parse(table);
    schemas.put(name, log.append(new Schema(source, name, format, table.getBytes(UTF_8))));
    return this;
  }

  public UpdateLogScript change(String table, Operation operation, String raw) {
    LogOffset schema = schemas.getOrDefault(TableName.parse(table), LogOffset.ZERO);
    return append(new Change(source, count, operation, schema, raw.getBytes(UTF_8)));
  }

  public UpdateLogScript deadLetter(String raw) {
    return append(new DeadLetter(source, count, "text", "unreadable", raw.getBytes(UTF_8)));
  }

  private UpdateLogScript append(LogRecord record) {
    LogOffset offset = log.append(record);
    first = count == 0 ? offset : first;
    count++;
    return this;
  }

  public UpdateLogScript commit(long micros) {
    Lsn position = new Lsn(micros);
    log.append(
        new Commit(
            source,
            new TransactionId(incarnation, position),
            new Lsn(micros + 1),
            7,
            count == 0 ? log.appended() : first,
            count,
            new EffectiveTime(micros).toInstant(),
            new EffectiveTime(micros),
            TimeBasis.COMMIT_TIME));
    count = 0;
    return this;
  }

  public UpdateLogScript mark(long micros) {
    log.append(new Mark(source, new EffectiveTime(micros), new Lsn(micros)));
    return this;
  }

  public UpdateLogScript known(String table, long from) {
    log.append(new TableKnown(source, TableName.parse(table), new EffectiveTime(from)));
    return this;
  }

  public UpdateLogScript unknown(String table, long after) {
    log.append(
        new TableUnknown(source, TableName.parse(table), new EffectiveTime(after), "slot lost"));
    return this;
  }
}
