package dev.overseer.runner;

import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.formats.pgoutput.PgLogWriter.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Total;
import dev.overseer.checks.Verdict;
import dev.overseer.formats.Formats;
import dev.overseer.formats.pgoutput.PgLogWriter;
import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.model.CheckName;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.TotalDefinition;
import dev.overseer.model.TotalDefinition.Seen;
import dev.overseer.model.TotalDefinition.Windows;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewName;
import dev.overseer.model.WindowUnit;
import dev.overseer.runner.judging.CheckCalls;
import dev.overseer.runner.judging.Evidence;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.log.MemoryLog;
import dev.overseer.views.StoredViews;
import dev.overseer.views.Totalling;
import dev.overseer.views.ViewLimits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Accounts, in one database, that must not spend more than ten in a day, by another's entries. */
class TotalsToTheCheckTest {
  private static final PgTable ACCOUNTS =
      PgTable.of("bank", 1, "public.accounts", "id text key", "owner text");
  private static final PgTable ENTRIES =
      PgTable.of(
          "ledger",
          2,
          "public.entries",
          "id int8 key",
          "account text",
          "amount numeric",
          "booked_at timestamptz");
  private static final ModelName ACCOUNT = new ModelName("account");
  private static final ModelName ENTRY = new ModelName("entry");
  private static final Definitions DEFINITIONS =
      new Definitions(
          List.of(model(ACCOUNT, ACCOUNTS), model(ENTRY, ENTRIES)),
          List.of(
              new ViewDefinition(
                  new ViewName("limit"),
                  ACCOUNT,
                  false,
                  List.of(),
                  List.of(new ViewDefinition.Total("spent", spent())))));

  record Limit(Total spent) {}

  private static final CheckDeclaration<Limit> CHECK =
      new CheckDeclaration<>(
          new CheckName("limit"),
          Limit.class,
          (view, judging) ->
              view.spent().sum().compareTo(BigDecimal.TEN) <= 0
                  ? Outcome.passed()
                  : Outcome.failed("over-limit", view.spent().sum().toString()));

  private final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(0, 1));
  private final KeyValueUpdateIndex index =
      KeyValueUpdateIndex.open(
          new MemoryStore(Durability.FLUSHED, KeyValueUpdateIndex.SPACES),
          DEFINITIONS,
          IndexIdentity.of(log.identity(), DEFINITIONS));
  private final MemoryRecorder recorder = new MemoryRecorder();
  private final PgLogWriter bank = new PgLogWriter("bank", log::append);
  private final PgLogWriter ledger = new PgLogWriter("ledger", log::append);
  private final Formats formats = Formats.standard();
  private final Indexer indexer =
      new Indexer(
          log,
          index,
          DEFINITIONS,
          formats::decoder,
          (_, _, _) -> {},
          Map.of(),
          new Totalling(index, log, DEFINITIONS, formats));
  private final Runner runner =
      new Runner(
          List.of(
              new ActiveCheck(
                  CHECK.definition(),
                  DefinitionText.of(
                          CHECK.definition(), DEFINITIONS, Map.of(), Map.of("pgoutput", "1"))
                      .hash(),
                  EffectiveTime.MIN)),
          new RunnerParts(
              log,
              index,
              DEFINITIONS,
              formats::decoder,
              new StoredViews(index, log, DEFINITIONS, formats, ViewLimits.DEFAULT),
              new MemoryStore(Durability.WRITTEN, Runner.SPACES),
              recorder,
              CheckCalls::direct,
              new HandClock(Instant.parse("2026-04-01T00:00:00Z"))),
          new RunnerLimits(100, 100, Duration.ZERO, 100_000, 100));

  @Test
  void an_entry_that_moves_fails_one_account_and_heals_the_other() {
    begin();
    bank.commit(at("10:00:00"), insert(ACCOUNTS, "a", "ann"), insert(ACCOUNTS, "b", "bob"));
    ledger.commit(at("10:00:10"), insert(ENTRIES, "1", "a", "8", day("10:00")));
    ledger.commit(at("10:00:20"), insert(ENTRIES, "2", "a", "3", day("10:00")));
    ledger.commit(at("10:00:30"), insert(ENTRIES, "3", "b", "9", day("10:00")));
    ledger.commit(at("10:00:40"), update(ENTRIES, "2", "b", "3", day("10:00")));

    assertThat(run("11:00:00"))
        .filteredOn(it -> !it.cut().isBefore(new EffectiveTime(at("10:00:20"))))
        .extracting(it -> it.root().values().getFirst(), TotalsToTheCheckTest::told)
        .containsExactly(
            tuple("a", "11"), tuple("b", "Passed"), tuple("a", "Passed"), tuple("b", "12"));
  }

  @Test
  void midnight_between_two_cuts_makes_two_judgements_of_them() {
    begin();
    bank.commit(at("10:00:00"), insert(ACCOUNTS, "a", "ann"));
    ledger.commit(at("23:59:58.5"), insert(ENTRIES, "1", "a", "8", day("23:59")));
    ledger.commit(at("23:59:59.4"), insert(ENTRIES, "2", "a", "3", day("23:59")));

    List<Verdict> sameDay = run("23:59:59.999999");
    bank.mark(at("23:59:59") + 60_000_000L);
    ledger.mark(at("23:59:59") + 60_000_000L);

    assertThat(sameDay.getLast()).extracting(TotalsToTheCheckTest::told).isEqualTo("11");
    assertThat(run())
        .extracting(TotalsToTheCheckTest::told)
        .as("nothing is spent of the new day, though no update lies between the two")
        .containsExactly("Passed");
  }

  @Test
  void entries_of_an_account_that_was_never_seen_miss_their_root() {
    begin();
    ledger.commit(at("10:00:10"), insert(ENTRIES, "1", "nobody", "8", day("10:00")));

    assertThat(run("11:00:00").getFirst().outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.reasons().getFirst().code()).isEqualTo("root-missing"));
  }

  @Test
  void the_updates_that_made_a_total_are_its_evidence() {
    begin();
    bank.commit(at("10:00:00"), insert(ACCOUNTS, "a", "ann"));
    ledger.commit(at("10:00:10"), insert(ENTRIES, "1", "a", "18", day("10:00")));
    run("11:00:00");

    assertThat(recorder.findings().getLast().basis().evidence().updates())
        .extracting(Evidence.Update::record)
        .hasToString("[account/a, entry/1]");
  }

  private void begin() {
    bank.open();
    ledger.open();
    bank.known(ACCOUNTS, 0);
    ledger.known(ENTRIES, 0);
  }

  private List<Verdict> run(String until) {
    bank.mark(at(until));
    ledger.mark(at(until));
    return run();
  }

  private List<Verdict> run() {
    log.sync();
    while (indexer.step()) {
      // as far as the log goes
    }
    while (runner.step()) {
      // as far as the index goes
    }
    return recorder.take();
  }

  private static String told(Verdict verdict) {
    return verdict.outcome() instanceof Outcome.Failed failed
        ? failed.reasons().getFirst().text()
        : verdict.outcome().getClass().getSimpleName();
  }

  private static long at(String time) {
    return EffectiveTime.of(Instant.parse("2026-03-01T" + time + "Z")).micros();
  }

  private static String day(String time) {
    return "2026-03-01 " + time + ":00+00";
  }

  private static TotalDefinition spent() {
    return new TotalDefinition(
        ENTRY,
        List.of("account"),
        ACCOUNT,
        List.of("id"),
        Optional.of("amount"),
        Optional.empty(),
        Map.of(),
        Optional.of(new Windows("booked_at", WindowUnit.DAY, ZoneOffset.UTC, new Seen.Latest(1))));
  }

  private static ModelDefinition model(ModelName name, PgTable table) {
    return new ModelDefinition(name, table.source(), table.name(), List.of("id"), Map.of());
  }
}
