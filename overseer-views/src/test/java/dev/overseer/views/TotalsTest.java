package dev.overseer.views;

import static dev.overseer.formats.pgoutput.PgLogWriter.delete;
import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.formats.pgoutput.PgLogWriter.update;
import static dev.overseer.formats.pgoutput.PgTable.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.checks.Total;
import dev.overseer.formats.pgoutput.PgLogWriter;
import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.model.TimeWindow;
import dev.overseer.model.ViewDefinition;
import dev.overseer.store.index.Totals.TotalledUpdate;
import dev.overseer.views.TotalReading.State;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TotalsTest {
  private static final String MARCH_1 = "2026-03-01 09:00:00+00";
  private static final String MARCH_2 = "2026-03-02 23:59:59.999999+00";

  private final StoredHistory stored = new StoredHistory(Bank.DEFINITIONS);
  private final StoredViews views = stored.views(ViewLimits.DEFAULT);
  private final PgLogWriter ledger = stored.open("ledger");
  private final PgLogWriter bank = stored.open("bank");

  @Test
  void an_account_sees_yesterday_and_today_each_currency_by_itself() {
    ledger.commit(
        micros("2026-03-02T12:00:00Z"),
        insert(Bank.ENTRIES, "1", "a", "EUR", "1.10", MARCH_1, "fee"),
        insert(Bank.ENTRIES, "2", "a", "EUR", "2.20", MARCH_2, "fee"),
        insert(Bank.ENTRIES, "3", "a", "USD", "-3", MARCH_2, "fee"),
        insert(Bank.ENTRIES, "4", "b", "EUR", "4", MARCH_2, "fee"));

    List<TotalReading> spent = spent("a", "2026-03-02T23:59:59Z");

    assertThat(spent)
        .extracting(TotalReading::window)
        .extracting(it -> it.orElseThrow().from())
        .containsExactly(
            Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-03-02T00:00:00Z"));
    assertThat(spent.getFirst().get().sums())
        .containsExactly(Map.entry("EUR", new BigDecimal("1.1")));
    assertThat(spent.getLast().get().sum("EUR")).isEqualTo("2.2");
    assertThat(spent.getLast().get().sum("USD")).isEqualTo("-3");
    assertThat(spent.getLast().get().count()).isEqualTo(2);
  }

  @Test
  void the_windows_of_a_root_move_with_the_cut() {
    ledger.commit(
        micros("2026-03-01T12:00:00Z"), insert(Bank.ENTRIES, "1", "a", "EUR", "1", MARCH_1, "fee"));

    assertThat(spent("a", "2026-03-02T00:00:00Z").getFirst().get().count()).isEqualTo(1);
    assertThat(spent("a", "2026-03-02T00:00:00Z").getLast().get().count()).isZero();
    assertThat(spent("a", "2026-03-03T00:00:00Z")).allMatch(it -> it.get().count() == 0);
  }

  @Test
  void a_statement_sees_the_entries_of_its_account_and_day_whenever_it_is_looked_at() {
    bank.commit(1, insert(Bank.STATEMENTS, "7", "a", "2026-03-02"));
    ledger.commit(
        micros("2026-03-20T12:00:00Z"),
        insert(Bank.ENTRIES, "1", "a", "EUR", "1", MARCH_1, "fee"),
        insert(Bank.ENTRIES, "2", "a", "EUR", "2", MARCH_2, "fee"));

    Total booked = booked("7", "2026-04-01T00:00:00Z");

    assertThat(booked.sum("EUR")).isEqualTo("2");
    assertThat(booked.window().map(TimeWindow::until))
        .contains(Instant.parse("2026-03-03T00:00:00Z"));
    assertThat(booked("7", "2026-03-20T11:59:59Z").count()).isZero();
  }

  @Test
  void a_statement_that_turns_to_another_day_sees_that_one() {
    bank.commit(1, insert(Bank.STATEMENTS, "7", "a", "2026-03-02"));
    bank.commit(micros("2026-03-21T00:00:00Z"), update(Bank.STATEMENTS, "7", "a", "2026-03-01"));
    ledger.commit(
        micros("2026-03-20T12:00:00Z"), insert(Bank.ENTRIES, "1", "a", "EUR", "1", MARCH_1, "fee"));

    assertThat(booked("7", "2026-03-20T13:00:00Z").count()).isZero();
    assertThat(booked("7", "2026-03-21T00:00:00Z").count()).isEqualTo(1);
  }

  @Test
  void an_entry_that_moves_triggers_the_account_it_left_and_the_one_it_came_to() {
    ledger.commit(10, insert(Bank.ENTRIES, "1", "a", "EUR", "1", MARCH_1, "fee"));
    ledger.commit(20, update(Bank.ENTRIES, "1", "b", "EUR", "1", MARCH_1, "fee"));
    stored.index();

    assertThat(
            views.rootsOf(
                Bank.OF_ACCOUNT,
                "spent",
                RecordKey.of(Bank.ENTRY, "1"),
                List.of(new EffectiveTime(19), new EffectiveTime(20))))
        .containsExactly(RecordKey.of(Bank.ACCOUNT, "a"), RecordKey.of(Bank.ACCOUNT, "b"));
  }

  @Test
  void an_entry_whose_amount_is_unknown_makes_its_day_inconclusive_and_is_named() {
    ledger.commit(
        micros("2026-03-02T12:00:00Z"),
        update(Bank.ENTRIES, "9", "a", "EUR", UNCHANGED, MARCH_2, "fee"));

    assertThat(spent("a", "2026-03-02T13:00:00Z").getFirst().state())
        .isInstanceOf(State.Known.class);
    assertThat(spent("a", "2026-03-02T13:00:00Z").getLast().state())
        .isInstanceOfSatisfying(
            State.Untold.class,
            untold -> assertThat(untold.why()).contains("'spent'", "entry/9", "'amount'"));
    assertThat(spent("b", "2026-03-02T13:00:00Z").getLast().state())
        .isInstanceOf(State.Known.class);
  }

  @Test
  void an_entry_whose_account_is_unknown_may_be_anybodys() {
    ledger.commit(10, update(Bank.ENTRIES, "9", UNCHANGED, "EUR", "1", MARCH_2, "fee"));
    ledger.commit(20, update(Bank.ENTRIES, "8", UNCHANGED, "EUR", "1", MARCH_2, "fee"));

    assertThat(spent("b", "2026-03-02T13:00:00Z").getLast().state())
        .isInstanceOfSatisfying(
            State.Untold.class,
            untold -> assertThat(untold.why()).contains("entry/9", "and 1 others"));
    ledger.commit(30, delete(Bank.ENTRIES, "9"), delete(Bank.ENTRIES, "8"));
    assertThat(spent("b", "2026-03-02T13:00:00Z").getLast().get().count()).isZero();
  }

  @Test
  void the_last_updates_that_changed_a_total_are_told() {
    for (int i = 1; i <= 5; i++) {
      ledger.commit(i, insert(Bank.ENTRIES, "" + i, "a", "EUR", "1", MARCH_1, "fee"));
    }

    assertThat(spent("a", "2026-03-01T13:00:00Z").getLast().updates().last(2))
        .extracting(TotalledUpdate::record)
        .containsExactly(RecordKey.of(Bank.ENTRY, "4"), RecordKey.of(Bank.ENTRY, "5"));
  }

  private List<TotalReading> spent(String account, String cut) {
    return view(Bank.OF_ACCOUNT, RecordKey.of(Bank.ACCOUNT, account), cut)
        .totals()
        .getOrDefault("spent", List.of());
  }

  private Total booked(String statement, String cut) {
    return view(Bank.OF_STATEMENT, RecordKey.of(Bank.STATEMENT, statement), cut)
        .totals()
        .getOrDefault("booked", List.of())
        .getFirst()
        .get();
  }

  private View view(ViewDefinition of, RecordKey root, String cut) {
    stored.index();
    return views.viewAsOf(of, root, AsOf.at(new EffectiveTime(micros(cut))));
  }

  private static long micros(String time) {
    return EffectiveTime.of(Instant.parse(time)).micros();
  }
}
