package dev.overseer.server.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.overseer.formats.pgoutput.PgLogWriter;
import dev.overseer.formats.pgoutput.PgOutput;
import dev.overseer.formats.pgoutput.PgOutputWriter;
import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.model.ChunkPosition;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Lsn;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import dev.overseer.model.TransactionId;
import dev.overseer.model.TreatedColumn;
import dev.overseer.model.Treatment;
import dev.overseer.store.log.AppendLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An update log with all that is hard to write down, and what its tables are models of. */
public final class UglyLog {
  /** More digits than any number of a programming language holds. */
  public static final String HUGE = "9".repeat(400) + "." + "1234567890".repeat(30);

  /** Quotes, line ends, a null's letters, and characters of one to four bytes. */
  public static final String ODD_TEXT =
      "\"null\"\n\r\t\\ 'Zürich' \u20ac \ud83d\ude80 \u0001\u2028";

  static final Incarnation PROMOTED = new Incarnation("7300000000000000001", 2);

  private static final SourceName SOURCE = new SourceName("payments");

  public static final Definitions DEFINITIONS =
      new Definitions(
          List.of(
              model("withdrawal", "public.withdrawals"), model("umläute", "geld.Über weisungen")),
          List.of());

  private static final SourceName OTHER = new SourceName("grüße, \"ledger\"");
  private static final PgTable WITHDRAWALS =
      PgTable.of("payments", 1, "public.withdrawals", "id int8 key", "amount numeric", "note text");
  private static final PgTable TRANSFERS =
      PgTable.of(
          "payments", 2, "geld.Über weisungen", "id text key", "sent timestamptz", "b bytea");

  private final AppendLog<LogRecord> log;

  private UglyLog(AppendLog<LogRecord> log) {
    this.log = log;
  }

  /** Appends it, and syncs. */
  public static void write(AppendLog<LogRecord> log) {
    new UglyLog(log).write();
    log.sync();
  }

  private void write() {
    PgLogWriter payments = new PgLogWriter("payments", log::append);
    PgLogWriter ledger = new PgLogWriter(OTHER.value(), log::append);
    payments.open();
    ledger.open();
    log.append(new LogRecord.SourceOpened(SOURCE, "postgres", PROMOTED, -1_500_000));
    log.append(LogRecord.TableReading.begun(SOURCE, WITHDRAWALS.name()));
    payments.commit(1_000_000, PgLogWriter.snapshot(WITHDRAWALS, "1", HUGE, ODD_TEXT));
    log.append(
        new LogRecord.TableReading(
            SOURCE,
            WITHDRAWALS.name(),
            4000,
            Optional.of(List.of("key", "17")),
            List.of(List.of(), List.of(ODD_TEXT, ""))));
    log.append(
        new LogRecord.TableReading(SOURCE, WITHDRAWALS.name(), 1, Optional.empty(), List.of()));
    payments.known(WITHDRAWALS, 1_000_000);
    payments.torn(PgLogWriter.insert(WITHDRAWALS, "2", "-0.00", "torn"));
    payments.commit(2_000_000, PgLogWriter.insert(WITHDRAWALS, "2", "1.10", null));
    ledger.commit(2_000_001, PgLogWriter.insert(WITHDRAWALS, "1", "NaN", ""));
    LogOffset disowned =
        payments.commit(
            3_000_000,
            PgLogWriter.update(WITHDRAWALS, "1", "1e-3", PgTable.UNCHANGED),
            PgLogWriter.updateKey(WITHDRAWALS, "2", "3", "Infinity", "moved"),
            PgLogWriter.delete(WITHDRAWALS, "1"),
            PgLogWriter.insert(TRANSFERS, "ß,1", "2026-01-02 03:04:05.123456+00", "\\x00ff"));
    log.append(deadLetter(0, ODD_TEXT));
    log.append(change(1, Operation.ANNOTATION, log.appended(), note()));
    commit(new ChunkPosition(new Lsn(-1), Long.MAX_VALUE), 2, LogRecord.TimeBasis.JUMP);
    payments.commit(4_000_000, PgLogWriter.truncate(WITHDRAWALS));
    payments.mark(5_000_000);
    payments.forked(disowned, 5_000_000);
    payments.unknown(WITHDRAWALS, Long.MIN_VALUE, ODD_TEXT);
    payments.known(TRANSFERS, Long.MAX_VALUE);
    log.append(treated());
    commit(Lsn.ZERO, 0, LogRecord.TimeBasis.MARK);
    commit(new Lsn(1L << 63), 0, LogRecord.TimeBasis.PREDECESSOR);
    log.append(new LogRecord.Horizon(SOURCE, new EffectiveTime(1_500_000)));
    log.append(new LogRecord.Expired(SOURCE, 0));
    commit(new Lsn(1L << 62), 1, LogRecord.TimeBasis.PREDECESSOR);
    log.append(change(0, Operation.UPDATE, new LogOffset(4), new byte[] {'U', 0, -1}));
    payments.torn(PgLogWriter.insert(WITHDRAWALS, "9", "1", "not whole yet"));
    ledger.torn(PgLogWriter.delete(WITHDRAWALS, "9"));
  }

  private static LogRecord treated() {
    return new LogRecord.Schema(
        SOURCE,
        WITHDRAWALS.name(),
        "pgoutput",
        WITHDRAWALS.relation(),
        List.of(
            new TreatedColumn("card", new Treatment.Drop()),
            new TreatedColumn("mail", new Treatment.Hash()),
            new TreatedColumn("note", new Treatment.Encrypt("id", "Zürich \"é\""))));
  }

  private void commit(SourcePosition position, int count, LogRecord.TimeBasis basis) {
    log.append(
        new LogRecord.Commit(
            SOURCE,
            new TransactionId(PROMOTED, position),
            new Lsn(-1),
            Long.MAX_VALUE,
            new LogOffset(log.appended().value() - count),
            count,
            Instant.parse("1815-12-10T00:00:00.000000001Z"),
            new EffectiveTime(3_500_000),
            basis));
  }

  private static LogRecord deadLetter(int ordinal, String reason) {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    return new LogRecord.DeadLetter(SOURCE, ordinal, "pgoutput", reason, all);
  }

  private static LogRecord change(int ordinal, Operation operation, LogOffset schema, byte[] raw) {
    return new LogRecord.Change(SOURCE, ordinal, operation, schema, raw);
  }

  private static byte[] note() {
    String text = "{\"records\":[{\"table\":\"public.withdrawals\",\"key\":\"1\"}],\"by\":\"ann\"}";
    return PgOutputWriter.message(
        new PgOutput.Message(true, Lsn.ZERO, "overseer", text.getBytes(UTF_8)));
  }

  private static ModelDefinition model(String name, String table) {
    return new ModelDefinition(
        new ModelName(name), SOURCE, TableName.parse(table), List.of("id"), Map.of());
  }
}
