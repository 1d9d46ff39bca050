package dev.overseer.examples.journey;

import static dev.overseer.checks.ExecutionStrategy.eventuallyWithin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.formats.Formats;
import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.ingestion.Ingestion;
import dev.overseer.ingestion.IngestionSettings;
import dev.overseer.ingestion.Probing;
import dev.overseer.ingestion.RowReading;
import dev.overseer.ingestion.SourceDefinition;
import dev.overseer.model.AsOf;
import dev.overseer.model.CheckName;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.SourceName;
import dev.overseer.model.Stage;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Direction;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.model.ViewName;
import dev.overseer.runner.ActiveCheck;
import dev.overseer.runner.DefinitionText;
import dev.overseer.runner.Runner;
import dev.overseer.runner.RunnerLimits;
import dev.overseer.runner.RunnerParts;
import dev.overseer.runner.escalation.Escalations;
import dev.overseer.runner.incidents.ErringChecks;
import dev.overseer.runner.incidents.IncidentBook;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.judging.CheckCalls;
import dev.overseer.runner.transitions.State;
import dev.overseer.runner.violations.JournalVerdictRecorder;
import dev.overseer.runner.violations.StormRule;
import dev.overseer.runner.violations.Violation;
import dev.overseer.runner.violations.ViolationBook;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.MemoryLog;
import dev.overseer.views.StoredViews;
import dev.overseer.views.View;
import dev.overseer.views.ViewLimits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * One withdrawal is requested in one database and booked too late in another. Nothing moves here
 * but what the test steps, and no time passes but what it lets pass.
 */
class JourneyTest {
  private static final Instant NINE = Instant.parse("2030-01-01T09:00:00Z");

  // Two databases, each with one table.
  private static final PgTable WITHDRAWALS =
      PgTable.of("payments", 1, "public.withdrawals", "id int8 key", "amount numeric");
  private static final PgTable ENTRIES =
      PgTable.of(
          "ledger", 2, "public.entries", "id int8 key", "withdrawal_id int8", "amount numeric");

  // The semantic layer: tables seen as models, and a view that joins them across the databases.
  private static final ModelName WITHDRAWAL = new ModelName("withdrawal");
  private static final ModelName ENTRY = new ModelName("entry");
  private static final ReferenceName TO_WITHDRAWAL = new ReferenceName("withdrawal");
  private static final ViewDefinition BOOKING =
      new ViewDefinition(
          new ViewName("booking"),
          WITHDRAWAL,
          false,
          List.of(
              new Join(
                  "entries",
                  ENTRY,
                  "withdrawal",
                  TO_WITHDRAWAL,
                  Direction.MEMBER_TO_PARENT,
                  true)));
  private static final Definitions DEFINITIONS =
      new Definitions(
          List.of(
              new ModelDefinition(
                  WITHDRAWAL, WITHDRAWALS.source(), WITHDRAWALS.name(), List.of("id"), Map.of()),
              new ModelDefinition(
                  ENTRY,
                  ENTRIES.source(),
                  ENTRIES.name(),
                  List.of("id"),
                  Map.of(TO_WITHDRAWAL, ReferenceDefinition.of(WITHDRAWAL, "withdrawal_id")))),
          List.of(BOOKING));

  // What a check author writes: types with the fields that matter, and a function.
  record Withdrawal(BigDecimal amount) {}

  record Entry(BigDecimal amount) {}

  record Booking(Withdrawal withdrawal, List<Entry> entries) {}

  private static Outcome booked(Booking view) {
    BigDecimal amount = view.withdrawal().amount();
    return view.entries().stream().anyMatch(entry -> entry.amount().compareTo(amount) == 0)
        ? Outcome.passed()
        : Outcome.failed("not-booked", "The ledger does not have it", amount, view.entries());
  }

  private static final CheckDefinition<?> CHECK =
      new CheckDeclaration<>(
              new CheckName("withdrawal-is-booked"), Booking.class, (view, _) -> booked(view))
          .strategy(eventuallyWithin(Duration.ofSeconds(5)))
          .definition();

  // The two logs, which are the truth, and what is derived from them.
  private final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(0, 1));
  private final MemoryLog<JournalEntry> journal = new MemoryLog<>(new UUID(0, 2));
  private final KeyValueUpdateIndex index =
      KeyValueUpdateIndex.open(
          new MemoryStore(Durability.FLUSHED, KeyValueUpdateIndex.SPACES),
          DEFINITIONS,
          IndexIdentity.of(log.identity(), DEFINITIONS));
  private final MemoryStore agenda = new MemoryStore(Durability.WRITTEN, Runner.SPACES);

  // One clock for everybody, turned by hand.
  private Instant now = NINE;
  private final InstantSource clock = () -> now;

  // The stages in the order of the journey.
  private final PaperDatabase payments = new PaperDatabase(WITHDRAWALS, clock);
  private final PaperDatabase ledger = new PaperDatabase(ENTRIES, clock);
  private final Ingestion fromPayments = ingestion(WITHDRAWALS, payments);
  private final Ingestion fromLedger = ingestion(ENTRIES, ledger);
  private final Probing paymentsTime =
      new Probing(payments, fromPayments, IngestionSettings.DEFAULT, clock);
  private final Probing ledgerTime =
      new Probing(ledger, fromLedger, IngestionSettings.DEFAULT, clock);
  private final RowReading paymentsRows =
      new RowReading(payments, fromPayments, IngestionSettings.DEFAULT, clock);
  private final RowReading ledgerRows =
      new RowReading(ledger, fromLedger, IngestionSettings.DEFAULT, clock);
  private final Formats formats = Formats.standard();
  private final Indexer indexer =
      new Indexer(log, index, DEFINITIONS, formats::decoder, (_, _, _) -> {});
  private final StoredViews views =
      new StoredViews(index, log, DEFINITIONS, formats, ViewLimits.DEFAULT);
  private final Escalations escalations =
      new Escalations(List.of("log"), List.of("log"), List.of(CHECK));
  private final IncidentBook incidents = new IncidentBook(journal, escalations, clock);
  private final ViolationBook violations =
      new ViolationBook(journal, escalations, incidents, StormRule.DEFAULT, clock);
  private final Runner runner = runner();

  private Ingestion ingestion(PgTable table, PaperDatabase database) {
    return new Ingestion(
        new SourceDefinition(table.source(), List.of(table.name())),
        database,
        log,
        Optional.empty(),
        clock,
        trouble -> {
          throw new AssertionError(trouble);
        });
  }

  private Runner runner() {
    Map<SourceName, Long> noOffsets = Map.of();
    DefinitionText definition =
        DefinitionText.of(CHECK, DEFINITIONS, noOffsets, Map.of(Formats.PGOUTPUT, "1"));
    return new Runner(
        List.of(new ActiveCheck(CHECK, definition.hash(), EffectiveTime.MIN)),
        new RunnerParts(
            log,
            index,
            DEFINITIONS,
            formats::decoder,
            views,
            agenda,
            new JournalVerdictRecorder(
                journal,
                LogOffset.ZERO,
                Set.of(CHECK.name()),
                violations,
                new ErringChecks(incidents)),
            CheckCalls::direct,
            clock),
        RunnerLimits.standard());
  }

  @Test
  void a_withdrawal_that_is_booked_too_late_becomes_a_violation_and_heals() {
    RecordKey withdrawal = RecordKey.of(WITHDRAWAL, "42");
    RecordKey entry = RecordKey.of(ENTRY, "7");
    beginToTail();

    // At 09:00:01 somebody asks for 10.50.
    pass(Duration.ofSeconds(1));
    payments.insert("42", "10.50");

    // 1 Tail, 2 decode, 3 store: the change is appended as it was received, but nobody can read it,
    // and the database must still keep it, until it is durable.
    LogOffset before = log.end();
    stepAll(fromPayments);
    assertThat(log.end()).isEqualTo(before);
    log.sync();
    assertThat(recordsFrom(before))
        .hasExactlyElementsOfTypes(
            LogRecord.Schema.class, LogRecord.Change.class, LogRecord.Commit.class);
    pass(Duration.ofSeconds(1));
    stepAll(fromPayments);
    assertThat(payments.confirmed()).contains(lastCommit().end());

    // 4 Index: the record has one update. It holds no values, only where to find them.
    assertThat(index.updates(withdrawal, AsOf.latest())).isEmpty();
    stepAll(indexer);
    assertThat(index.updates(withdrawal, AsOf.latest())).hasSize(1);

    // 5 Notify, 6 select: the runner finds the change in the log, and which root it concerns. The
    // ledger was not heard since: what it says at 09:00:01 cannot be known yet.
    stepAll(runner);
    assertThat(verdicts()).isEmpty();
    assertThat(runner.coverage().getFirst().upTo()).isLessThan(at("09:00:01"));

    // 7 Schedule: time passes in both databases, and each proves it by a mark. At the trigger's own
    // time the check does not pass, so its window stays open: until 09:00:06 it may still pass.
    pass(Duration.ofSeconds(2));
    hearBoth();
    stepAll(runner);
    assertThat(verdicts()).isEmpty();

    // 8 Translate: views are read as of any time. This is the one that the check saw.
    View seen = views.viewAsOf(BOOKING, withdrawal, AsOf.at(at("09:00:01")));
    assertThat(seen.members()).containsEntry("entries", List.of());

    // 9 Execute: when both databases were heard beyond the window's end, its time is over.
    pass(Duration.ofSeconds(5));
    hearBoth();
    stepAll(runner);
    assertThat(verdicts())
        .singleElement()
        .satisfies(
            verdict -> {
              assertThat(verdict.isComplete()).isTrue();
              assertThat(verdict.root()).isEqualTo(withdrawal);
              assertThat(verdict.trigger()).isEqualTo(at("09:00:01"));
              assertThat(verdict.cut()).isEqualTo(at("09:00:06"));
              assertThat(verdict.outcome()).isInstanceOf(Outcome.Failed.class);
            });

    // 10 Escalate: a violation is open, and who must hear of it is in the journal before anybody
    // does.
    assertThat(violation().state()).isEqualTo(State.OPEN);
    assertThat(violation().reasons().getFirst().code()).isEqualTo("not-booked");
    assertThat(owed()).hasSize(1);

    // At 09:00:09 the ledger books it after all. Its update leads to the same root: it refers to
    // it.
    ledger.insert("7", "42", "10.50");
    pass(Duration.ofSeconds(2));
    hearBoth();
    assertThat(index.masterDocument(withdrawal).inbound())
        .extracting(inbound -> inbound.referrer())
        .containsExactly(entry);
    stepAll(runner);
    assertThat(verdicts().getLast())
        .satisfies(
            verdict -> {
              assertThat(verdict.cut()).isEqualTo(at("09:00:09"));
              assertThat(verdict.outcome()).isEqualTo(Outcome.passed());
            });
    assertThat(violations.current()).as("those that are not over").isEmpty();
    assertThat(steps()).containsExactly(State.OPEN, State.HEALED);
    assertThat(owed()).hasSize(2);

    // And the past is as it was: at 09:00:06 there was no entry, whatever is known by now.
    assertThat(views.viewAsOf(BOOKING, withdrawal, AsOf.at(at("09:00:06"))).members())
        .containsEntry("entries", List.of());
  }

  /** Both databases are connected to; their tables are empty, and known from then on. */
  private void beginToTail() {
    stepAll(fromPayments);
    stepAll(fromLedger);
    hearBoth();
    stepAll(paymentsRows);
    stepAll(ledgerRows);
    hearBoth();
    log.sync();
    stepAll(indexer);
    assertThat(index.progress().keySet())
        .containsExactlyInAnyOrder(WITHDRAWALS.source(), ENTRIES.source());
  }

  /** Each database says what time it is, and everything before it has come; all of it is stored. */
  private void hearBoth() {
    paymentsTime.step();
    ledgerTime.step();
    stepAll(fromPayments);
    stepAll(fromLedger);
    log.sync();
    stepAll(indexer);
  }

  private void pass(Duration duration) {
    now = now.plus(duration);
  }

  private static void stepAll(Stage stage) {
    while (stage.step()) {
      // until there is nothing to do
    }
  }

  private static EffectiveTime at(String time) {
    return EffectiveTime.of(Instant.parse("2030-01-01T" + time + "Z"));
  }

  private List<LogRecord> recordsFrom(LogOffset from) {
    return read(log.reader(from));
  }

  private LogRecord.Commit lastCommit() {
    return (LogRecord.Commit) recordsFrom(LogOffset.ZERO).getLast();
  }

  private static <R> List<R> read(LogReader<R> reader) {
    Stream.Builder<R> records = Stream.builder();
    while (reader.next()) {
      records.add(reader.record());
    }
    reader.close();
    return records.build().toList();
  }

  private List<Verdict> verdicts() {
    return read(journal.reader(LogOffset.ZERO)).stream()
        .flatMap(JournalEntry::wholeVerdicts)
        .toList();
  }

  private Violation violation() {
    List<Violation> current = violations.current();
    assertThat(current).hasSize(1);
    return current.getFirst();
  }

  /** What the journal says that became of violations. */
  private List<State> steps() {
    return read(journal.reader(LogOffset.ZERO)).stream()
        .filter(JournalEntry.Transitioned.class::isInstance)
        .map(entry -> ((JournalEntry.Transitioned) entry).move().to())
        .toList();
  }

  private List<JournalEntry> owed() {
    return read(journal.reader(LogOffset.ZERO)).stream()
        .filter(JournalEntry.Escalated.class::isInstance)
        .toList();
  }
}
