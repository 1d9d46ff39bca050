package dev.overseer.bench.restore;

import dev.overseer.formats.Formats;
import dev.overseer.formats.pgoutput.PgOutput;
import dev.overseer.formats.pgoutput.PgOutput.RelationColumn;
import dev.overseer.formats.pgoutput.PgOutput.ReplicaIdentity;
import dev.overseer.formats.pgoutput.PgOutputWriter;
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
import dev.overseer.store.log.AppendLog;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** An update log of inserts of about 300 bytes with one reference each, in transactions of 100. */
final class SampleLog {
  private static final SourceName SOURCE = new SourceName("payments");
  private static final TableName TABLE = new TableName("public", "withdrawals");
  private static final ModelName MODEL = new ModelName("withdrawal");
  private static final Incarnation INCARNATION = new Incarnation("7300000000000000001", 1);
  private static final int RELATION = 16_384;
  private static final int TRANSACTION = 100;
  private static final int INT8 = 20;
  private static final int TEXT = 25;
  private static final int WORDS = 14;

  static final Definitions DEFINITIONS =
      new Definitions(
          List.of(
              new ModelDefinition(
                  MODEL,
                  SOURCE,
                  TABLE,
                  List.of("id"),
                  Map.of(new ReferenceName("parent"), ReferenceDefinition.of(MODEL, "parent")))),
          List.of());

  private SampleLog() {}

  /** Appends so many updates, and syncs. */
  static void write(AppendLog<LogRecord> log, int updates) {
    SplittableRandom random = new SplittableRandom(1);
    log.append(new LogRecord.SourceOpened(SOURCE, "postgres", INCARNATION, 0));
    LogOffset schema =
        log.append(new LogRecord.Schema(SOURCE, TABLE, Formats.PGOUTPUT, relation()));
    for (int written = 0; written < updates; written += TRANSACTION) {
      int count = Math.min(TRANSACTION, updates - written);
      LogOffset first = log.appended();
      for (int ordinal = 0; ordinal < count; ordinal++) {
        byte[] raw = PgOutputWriter.insert(RELATION, row(random));
        log.append(new LogRecord.Change(SOURCE, ordinal, Operation.INSERT, schema, raw));
      }
      log.append(commit(written + 1L, first, count));
    }
    log.sync();
  }

  private static byte[] relation() {
    return PgOutputWriter.relation(
        new PgOutput.Relation(
            RELATION,
            TABLE,
            ReplicaIdentity.DEFAULT,
            List.of(
                new RelationColumn(true, "id", INT8, -1),
                new RelationColumn(false, "parent", INT8, -1),
                new RelationColumn(false, "note", TEXT, -1))));
  }

  private static List<@Nullable String> row(SplittableRandom random) {
    StringBuilder note = new StringBuilder();
    for (int i = 0; i < WORDS; i++) {
      note.append(Long.toHexString(random.nextLong())).append(' ');
    }
    return List.of(id(random), id(random), note.toString());
  }

  private static String id(SplittableRandom random) {
    return Long.toString(random.nextLong(Long.MAX_VALUE));
  }

  private static LogRecord.Commit commit(long number, LogOffset first, int count) {
    EffectiveTime time = new EffectiveTime(1_700_000_000_000_000L + number);
    return new LogRecord.Commit(
        SOURCE,
        new TransactionId(INCARNATION, new Lsn(number << 8)),
        new Lsn((number << 8) + 48),
        number,
        first,
        count,
        time.toInstant(),
        time,
        LogRecord.TimeBasis.COMMIT_TIME);
  }
}
