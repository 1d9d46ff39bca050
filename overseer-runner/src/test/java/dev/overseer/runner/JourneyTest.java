package dev.overseer.runner;

import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.formats.pgoutput.PgLogWriter.update;
import static dev.overseer.runner.SmallExchange.DEFINITIONS;
import static dev.overseer.runner.SmallExchange.ENTRIES;
import static dev.overseer.runner.SmallExchange.WITHDRAWALS;
import static dev.overseer.runner.Stand.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.Outcome;
import dev.overseer.formats.Formats;
import dev.overseer.formats.pgoutput.PgLogWriter;
import dev.overseer.model.AsOf;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.runner.SmallExchange.Booking;
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
import dev.overseer.views.ViewLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The journey of one withdrawal, each stage stepped by hand: the second file to read, after {@code
 * Overseer.java}, which wires the same stages to threads. It is paid out and never booked; Overseer
 * waits until the ledger has been heard, finds the violation, tells of it, and closes it when the
 * booking comes.
 */
class JourneyTest {
  private final Formats formats = Formats.standard();
  private final HandClock clock = new HandClock(Instant.ofEpochSecond(100));
  private final CheckDefinition<Booking> check =
      new CheckDeclaration<>(
              new CheckName("withdrawal-is-booked-once"), Booking.class, (b, _) -> bookedOnce(b))
          .definition();

  // Two logs are the truth; the index and the agenda are derived from them.
  private final MemoryLog<LogRecord> updates = new MemoryLog<>(new UUID(0, 1));
  private final MemoryLog<JournalEntry> journal = new MemoryLog<>(new UUID(0, 2));
  private final KeyValueUpdateIndex index =
      KeyValueUpdateIndex.open(
          new MemoryStore(Durability.FLUSHED, KeyValueUpdateIndex.SPACES),
          DEFINITIONS,
          IndexIdentity.of(updates.identity(), DEFINITIONS));
  private final MemoryStore agenda = new MemoryStore(Durability.WRITTEN, Runner.SPACES);

  // Two databases, whose transactions arrive as Postgres would send them.
  private final PgLogWriter payments = new PgLogWriter("payments", updates::append);
  private final PgLogWriter ledger = new PgLogWriter("ledger", updates::append);

  private final StoredViews views =
      new StoredViews(index, updates, DEFINITIONS, formats, ViewLimits.DEFAULT);
  private final Escalations escalations =
      new Escalations(Set.of("log"), List.of("log"), List.of(check));
  private final IncidentBook incidents = new IncidentBook(journal, escalations, clock);
  private final ViolationBook violations =
      new ViolationBook(journal, escalations, incidents, StormRule.DEFAULT, clock);

  private static Outcome bookedOnce(Booking booking) {
    return booking.entries().size() == 1
        ? Outcome.passed()
        : Outcome.failed("not-booked-once", "One booking", 1, booking.entries().size());
  }

  @Test
  void a_withdrawal_that_is_never_booked_is_found_once_the_ledger_was_heard_and_healed_later() {
    Indexer indexer = new Indexer(updates, index, DEFINITIONS, formats::decoder, (_, _, _) -> {});
    Runner runner = runner();

    // 1 Tail, 2 decode, 3 store: a transaction enters the log, and shows once it is durable.
    openSources();
    payments.commit(seconds(10), insert(WITHDRAWALS, "42", "5.00", "requested"));
    payments.commit(seconds(11), update(WITHDRAWALS, "42", "5.00", "completed"));
    assertThat(updates.end()).isEqualTo(LogOffset.ZERO);
    updates.sync();

    // 4 Index: the record now has its two updates, and can be read as of any time.
    assertThat(indexer.step()).isTrue();
    assertThat(index.updates(SmallExchange.withdrawal(42), AsOf.latest())).hasSize(2);
    assertThat(index.updates(SmallExchange.withdrawal(42), AsOf.at(at(10)))).hasSize(1);

    // 5 Notify, 6 select, 7 schedule: the runner plans to judge a second after each update, but
    // nothing is judged, because the ledger may still bring a booking for that time.
    runAll(runner);
    assertThat(violations.current()).isEmpty();
    assertThat(runner.coverage().getFirst().upTo()).isLessThan(at(10));

    // The ledger says that nothing below 13 s will come any more. The cuts are covered.
    payments.mark(seconds(13));
    ledger.mark(seconds(13));
    updates.sync();
    while (indexer.step()) {
      // to the log's end
    }

    // 8 Translate, 9 execute: the view at each cut is judged, and the verdicts are journalled.
    runAll(runner);
    assertThat(journalled(JournalEntry.Judged.class)).hasSize(2);

    // 10 Escalate: one violation is open, and somebody is owed the news, once.
    Violation violation = violations.current().getFirst();
    assertThat(violation.root()).isEqualTo(SmallExchange.withdrawal(42));
    assertThat(violation.state()).isEqualTo(State.OPEN);
    assertThat(journalled(JournalEntry.Escalated.class)).hasSize(1);

    // The booking comes at last. As soon as its second is covered, the violation heals.
    ledger.commit(seconds(20), insert(ENTRIES, "7", "42", "5.00"));
    payments.mark(seconds(22));
    ledger.mark(seconds(22));
    updates.sync();
    while (indexer.step()) {
      // to the log's end
    }
    runAll(runner);
    assertThat(violations.find(violation.id()).orElseThrow().state()).isEqualTo(State.HEALED);
    assertThat(journalled(JournalEntry.Escalated.class)).hasSize(2);

    // At no time did the past change: as of 12 s, the withdrawal still has no booking.
    assertThat(
            views
                .viewAsOf(
                    DEFINITIONS.view(check.view()), SmallExchange.withdrawal(42), AsOf.at(at(12)))
                .members()
                .get("entries"))
        .isEmpty();
  }

  private void openSources() {
    payments.open();
    ledger.open();
    payments.known(WITHDRAWALS, 0);
    ledger.known(ENTRIES, 0);
  }

  private Runner runner() {
    ActiveCheck active = Stand.active(check, EffectiveTime.MIN);
    JournalVerdictRecorder recorder =
        new JournalVerdictRecorder(
            journal,
            Runner.journalEnd(agenda),
            Set.of(check.name()),
            violations,
            new ErringChecks(incidents));
    return new Runner(
        List.of(active),
        new RunnerParts(
            updates,
            index,
            DEFINITIONS,
            formats::decoder,
            views,
            agenda,
            recorder,
            CheckCalls::direct,
            clock),
        RunnerLimits.standard());
  }

  private static void runAll(Runner runner) {
    while (runner.step()) {
      // as far as the index goes
    }
  }

  private <E extends JournalEntry> List<E> journalled(Class<E> kind) {
    List<E> found = new ArrayList<>();
    try (LogReader<JournalEntry> reader = journal.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        if (kind.isInstance(reader.record())) {
          found.add(kind.cast(reader.record()));
        }
      }
    }
    return found;
  }

  private static EffectiveTime at(double seconds) {
    return new EffectiveTime(seconds(seconds));
  }
}
