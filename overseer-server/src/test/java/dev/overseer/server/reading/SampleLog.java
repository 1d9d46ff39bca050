package dev.overseer.server.reading;

import dev.overseer.formats.Formats;
import dev.overseer.formats.pgoutput.PgLogWriter;
import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.protobuf.OwnTypes;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.log.MemoryLog;
import dev.overseer.views.ViewLimits;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** Withdrawals and their entries in a log in memory, as Postgres would send them. */
public final class SampleLog {
  /** The tables are known from here on; times below count microseconds from it. */
  public static final Instant BEGINNING = Instant.parse("2026-01-02T03:00:00Z");

  static final PgTable WITHDRAWALS =
      PgTable.of(
          "payments",
          1,
          "public.withdrawals",
          "id int8 key",
          "amount numeric",
          "status text",
          "note text");
  static final PgTable ENTRIES =
      PgTable.of(
          "ledger", 2, "public.entries", "id int8 key", "withdrawal_id int8", "amount numeric");
  static final PgTable TRANSFERS =
      PgTable.of(
          "ledger", 3, "public.transfers", "region text key", "number int8 key", "memo text");

  static final String CONFIGURATION =
      """
      sources:
        payments: { type: postgres, url: "jdbc:postgresql://db/payments" }
        ledger: { type: postgres, url: "jdbc:postgresql://db/ledger" }
      models:
        withdrawal: { source: payments, table: public.withdrawals, key: id }
        ledger-entry: { source: ledger, table: public.entries, key: id, references: { withdrawal: withdrawal_id } }
        transfer: { source: ledger, table: public.transfers, key: [region, number] }
      views:
        withdrawal-booking: { root: withdrawal, join: { entries: { model: ledger-entry, by: withdrawal, many: true } } }
        entry-origin: { root: ledger-entry, join: { withdrawal: { model: withdrawal, by: withdrawal } } }
      """;

  private final Definitions definitions =
      Configuration.parse("sample", CONFIGURATION, Path.of("")).definitions();
  private final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(1, 2));
  private final KeyValueUpdateIndex index =
      KeyValueUpdateIndex.open(
          new MemoryStore(Durability.WRITTEN, KeyValueUpdateIndex.SPACES),
          definitions,
          IndexIdentity.of(log.identity(), definitions));
  private final Indexer indexer =
      new Indexer(log, index, definitions, Formats.standard()::decoder, (_, _, _) -> {});
  final PgLogWriter payments = new PgLogWriter("payments", log::append);
  final PgLogWriter ledger = new PgLogWriter("ledger", log::append);
  Optional<String> unfinished = Optional.empty();
  Formats formats = Formats.standard();
  OwnTypes messages = OwnTypes.NONE;

  /** Where everything is heard of, and the tables are known. */
  public SampleLog() {
    payments.open();
    ledger.open();
    payments.mark(at(0));
    ledger.mark(at(0));
    payments.known(WITHDRAWALS, at(0));
    ledger.known(ENTRIES, at(0));
    ledger.known(TRANSFERS, at(0));
  }

  /** A withdrawal that is booked, and whose status changed after that. */
  public static SampleLog ofOneWithdrawal() {
    SampleLog sample = new SampleLog();
    sample.payments.commit(
        at(100), PgLogWriter.insert(WITHDRAWALS, "42", "1.10", "requested", "a long note"));
    sample.ledger.commit(at(200), PgLogWriter.insert(ENTRIES, "7", "42", "1.1000000000000001"));
    sample.payments.commit(
        at(300), PgLogWriter.update(WITHDRAWALS, "42", "1.10", "completed", PgTable.UNCHANGED));
    sample.payments.mark(at(1000));
    sample.ledger.mark(at(400));
    return sample;
  }

  static long at(long micros) {
    return EffectiveTime.of(BEGINNING).micros() + micros;
  }

  /** As a question has it. */
  public static String time(long micros) {
    return new EffectiveTime(at(micros)).toString();
  }

  LogOffset append(LogRecord record) {
    return log.append(record);
  }

  /** The offset that the next record will get. */
  LogOffset here() {
    return log.appended();
  }

  ModelDefinition model(String name) {
    return definitions.models().stream()
        .filter(model -> model.name().value().equals(name))
        .findFirst()
        .orElseThrow();
  }

  public Readings readings() {
    return readings(ViewLimits.DEFAULT);
  }

  Readings readings(ViewLimits limits) {
    log.sync();
    while (indexer.step()) {
      // Until the index has all of it.
    }
    return new LogReadings(
        index,
        log,
        definitions,
        formats,
        limits,
        messages,
        () -> unfinished,
        InstantSource.fixed(BEGINNING.plusSeconds(1)));
  }
}
