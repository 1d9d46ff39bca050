package dev.overseer.server.reading;

import static dev.overseer.formats.pgoutput.PgLogWriter.delete;
import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.formats.pgoutput.PgLogWriter.update;
import static dev.overseer.formats.pgoutput.PgTable.UNCHANGED;
import static dev.overseer.server.reading.SampleLog.ENTRIES;
import static dev.overseer.server.reading.SampleLog.TRANSFERS;
import static dev.overseer.server.reading.SampleLog.WITHDRAWALS;
import static dev.overseer.server.reading.SampleLog.at;
import static dev.overseer.server.reading.SampleLog.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.overseer.formats.Formats;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.TreatedColumn;
import dev.overseer.model.Treatment;
import dev.overseer.model.Unavailable;
import dev.overseer.server.json.Json;
import dev.overseer.server.reading.ExplanationAnswer.LinkReading;
import dev.overseer.server.reading.HistoryAnswer.Step;
import dev.overseer.server.reading.RecordReading.ColumnReading;
import dev.overseer.views.ViewLimits;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogReadingsTest {
  private static final Question WITHDRAWAL = Question.latest("withdrawal", "42");
  private static final Question BOOKING = Question.latest("withdrawal-booking", "42");

  private final SampleLog sample = SampleLog.ofOneWithdrawal();

  @Test
  void each_value_says_whether_it_is_known_and_which_update_sent_it() {
    sample.payments.commit(at(400), update(WITHDRAWALS, "43", "2", null, UNCHANGED));
    RecordReading booked = read(WITHDRAWAL).record();
    RecordReading other = read(Question.latest("withdrawal", "43")).record();

    assertThat(booked.columns().keySet()).containsExactly("id", "amount", "status", "note");
    assertThat(column(booked, "amount").value()).isEqualTo("1.10");
    assertThat(column(booked, "status").status()).isEqualTo("known");
    assertThat(column(booked, "note").value()).isEqualTo("a long note");
    assertThat(column(booked, "note").status()).isEqualTo("carried");
    assertThat(column(booked, "note").update()).isNotEqualTo(column(booked, "status").update());
    assertThat(column(other, "status").value()).isNull();
    assertThat(column(other, "status").status()).isEqualTo("null");
    assertThat(column(other, "note").status()).isEqualTo("unknown");
    assertThat(column(other, "note").value()).asString().contains("unknown=", "left out");
    assertThat(column(other, "note").update()).isEmpty();
  }

  @Test
  void a_record_is_as_it_was_and_as_it_was_known() {
    RecordReading requested = read(WITHDRAWAL.asOf(time(299))).record();
    long knownFrom = read(WITHDRAWAL).record().updates().getLast().known();
    RecordAnswer before = read(WITHDRAWAL.asOf(time(999)).knownAt(String.valueOf(knownFrom - 1)));
    RecordAnswer since = read(WITHDRAWAL.asOf(time(999)).knownAt(String.valueOf(knownFrom)));

    assertThat(column(requested, "status").value()).isEqualTo("requested");
    assertThat(column(before.record(), "status").value()).isEqualTo("requested");
    assertThat(column(since.record(), "status").value()).isEqualTo("completed");
    assertThat(before.standing().knownAt()).isEqualTo(knownFrom - 1);
  }

  @Test
  void a_deleted_record_names_the_update_that_removed_it() {
    sample.payments.commit(at(2000), delete(WITHDRAWALS, "42"));
    RecordReading record = read(WITHDRAWAL).record();

    assertThat(record.state()).isEqualTo("deleted");
    assertThat(record.columns()).isEmpty();
    assertThat(record.updates()).extracting(UpdateReading::operation).containsExactly("delete");
  }

  @Test
  void a_cut_that_every_source_was_heard_beyond_is_final_and_no_other() {
    Standing covered = sample.readings().view(BOOKING.asOf(time(399))).standing();
    Standing ahead = sample.readings().view(BOOKING.asOf(time(400))).standing();
    Standing latest = sample.readings().view(BOOKING).standing();
    Standing asked = sample.readings().view(BOOKING.asOf("covered")).standing();

    assertThat(covered.covered()).isTrue();
    assertThat(covered.provisional()).isEmpty();
    assertThat(ahead.covered()).isFalse();
    assertThat(ahead.provisional())
        .containsExactly("source 'ledger' was heard up to %s only".formatted(time(400)));
    assertThat(latest.covered()).isFalse();
    assertThat(latest.provisional().toString()).contains("as of 'covered' is final");
    assertThat(asked.asOf().orElseThrow()).hasToString(time(399));
    assertThat(covered.sources())
        .extracting(it -> it.source())
        .containsExactly("ledger", "payments");
    assertThat(covered.sources().getFirst().position()).isPresent();
  }

  @Test
  void what_sources_had_told_is_looked_up_where_it_was_known() {
    String afterFirst =
        String.valueOf(
            sample
                .readings()
                .record(WITHDRAWAL.asOf(time(100)))
                .record()
                .updates()
                .getFirst()
                .known());
    Standing then = read(WITHDRAWAL.asOf(time(100)).knownAt(afterFirst)).standing();

    assertThat(then.covered()).isFalse();
    assertThat(then.sources().getFirst().watermark().orElseThrow()).hasToString(time(100));
  }

  @Test
  void a_table_that_was_not_known_at_the_cut_makes_a_reading_provisional() {
    sample.ledger.unknown(ENTRIES, at(350), "out of the publication");
    Standing during = sample.readings().view(BOOKING.asOf(time(399))).standing();

    assertThat(during.covered()).isTrue();
    assertThat(during.provisional().toString())
        .contains("table public.entries of source 'ledger' is wholly known only from")
        .contains(time(350));
  }

  @Test
  void what_was_done_to_a_column_before_it_was_stored_is_told_with_it() {
    LogOffset schema =
        sample.append(
            new LogRecord.Schema(
                WITHDRAWALS.source(),
                WITHDRAWALS.name(),
                "pgoutput",
                WITHDRAWALS.relation(),
                List.of(
                    new TreatedColumn("card", new Treatment.Drop()),
                    new TreatedColumn("note", new Treatment.Encrypt("id", "customer")),
                    new TreatedColumn("status", new Treatment.Hash()))));
    sample.payments.commitUnder(
        schema, at(2000), insert(WITHDRAWALS, "50", "1", "hashed", "erased-token"));
    sample.formats = Formats.standard(token -> token.equals("erased-token"));
    RecordReading record = read(Question.latest("withdrawal", "50")).record();

    assertThat(column(record, "status").treated()).contains("hash");
    assertThat(column(record, "amount").treated()).isEmpty();
    assertThat(column(record, "note").status()).isEqualTo("unknown");
    assertThat(column(record, "note").value()).asString().contains("erased");
    assertThat(column(record, "card").status()).isEqualTo("dropped");
    assertThat(column(record, "card").value()).asString().contains("not stored");
  }

  @Test
  void a_history_tells_what_each_update_changed_the_last_first() {
    HistoryAnswer history = sample.readings().history(WITHDRAWAL, new Range(0, 10));
    Step change = history.items().getFirst();
    Step creation = history.items().getLast();

    assertThat(history.total()).isEqualTo(2);
    assertThat(change.update().operation()).isEqualTo("update");
    assertThat(change.before()).isEqualTo(Map.of("status", "requested"));
    assertThat(change.after()).isEqualTo(Map.of("status", "completed"));
    assertThat(creation.before()).isEmpty();
    assertThat(creation.after().keySet()).containsExactly("id", "amount", "status", "note");
    assertThat(sample.readings().history(WITHDRAWAL, new Range(1, 10)).items())
        .containsExactly(creation);
    assertThat(sample.readings().history(WITHDRAWAL, new Range(0, 1)).items())
        .containsExactly(change);
  }

  @Test
  void raw_updates_are_the_bytes_that_came() {
    RawAnswer raw = sample.readings().raw(WITHDRAWAL, new Range(0, 10));

    assertThat(raw.items()).hasSize(2);
    assertThat(Base64.getDecoder().decode(raw.items().getLast().base64()))
        .isEqualTo(WITHDRAWALS.insert("42", "1.10", "requested", "a long note"));
    assertThat(raw.items().getLast().format()).contains("pgoutput");
  }

  @Test
  void a_view_shows_its_root_and_members_and_why_they_are() {
    ExplanationAnswer answer = sample.readings().explain(BOOKING);
    RecordReading entry =
        Objects.requireNonNull(answer.reading().members().get("entries")).getFirst();

    assertThat(answer.reading().root().record()).isEqualTo("withdrawal/42");
    assertThat(column(entry, "amount").value()).isEqualTo("1.1000000000000001");
    assertThat(answer.links())
        .containsExactly(
            new LinkReading(
                "entries",
                "ledger-entry/7",
                "withdrawal/42",
                "withdrawal",
                "ledger-entry/7",
                List.of("withdrawal_id"),
                List.of(entry.updates().getFirst().offset())));
    assertThat(sample.readings().explain(Question.latest("entry-origin", "7")).links())
        .extracting(LinkReading::member, LinkReading::holder)
        .containsExactly(tuple("withdrawal/42", "ledger-entry/7"));
  }

  @Test
  void an_explanation_names_candidates_that_are_not_members_and_what_keeps_them_out() {
    sample.ledger.commit(at(500), insert(ENTRIES, "8", "42", "1"));
    sample.ledger.commit(at(510), insert(ENTRIES, "9", "42", "1"));
    sample.ledger.commit(at(520), update(ENTRIES, "8", "43", "1"), delete(ENTRIES, "9"));
    sample.ledger.commit(at(530), insert(ENTRIES, "10", "43", "1"));
    sample.ledger.commit(
        at(540), update(ENTRIES, "10", "42", "1"), insert(ENTRIES, "11", "42", "1"));

    assertThat(sample.readings().explain(BOOKING.asOf(time(535))).candidates())
        .extracting(it -> it.record(), it -> it.because())
        .containsExactly(
            tuple("ledger-entry/10", "later"),
            tuple("ledger-entry/11", "later"),
            tuple("ledger-entry/8", "moved-away"),
            tuple("ledger-entry/9", "deleted"));
    assertThat(sample.readings().explain(BOOKING.asOf(time(535))).candidates())
        .extracting(it -> it.detail())
        .satisfiesExactly(
            later -> assertThat(later).contains("points at [withdrawal/43], and here only later"),
            later -> assertThat(later).contains("its first update is", time(540)),
            moved -> assertThat(moved).contains("'withdrawal' of ledger-entry/8 points at"),
            deleted -> assertThat(deleted).contains("it was removed by", time(520)));
    assertThat(sample.readings().explain(Question.latest("entry-origin", "8")).candidates())
        .extracting(it -> it.record(), it -> it.because())
        .containsExactly(
            tuple("withdrawal/42", "moved-away"), tuple("withdrawal/43", "never-seen"));
  }

  @Test
  void candidates_are_named_up_to_a_hundred() {
    for (int i = 100; i < 202; i++) {
      sample.ledger.commit(at(500), insert(ENTRIES, "" + i, "42", "1"));
    }
    ExplanationAnswer answer = sample.readings().explain(BOOKING.asOf(time(499)));

    assertThat(answer.candidates()).hasSize(100);
    assertThat(answer.moreCandidates()).isTrue();
  }

  @Test
  void a_member_whose_reference_is_not_known_is_unknown_with_the_reason_and_no_failure() {
    sample.ledger.commit(at(500), update(ENTRIES, "8", UNCHANGED, "1"));
    Question question = Question.latest("entry-origin", "8");
    ViewAnswer view = sample.readings().view(question);

    assertThat(view.root().state()).isEqualTo("present");
    assertThat(view.members().get("withdrawal")).isEmpty();
    assertThat(view.unknown())
        .hasEntrySatisfying(
            "withdrawal",
            why -> assertThat(why).contains("cannot be told", "'withdrawal_id' is unknown"));
    assertSurvives(sample.readings().explain(question), ExplanationAnswer.class);
  }

  @Test
  void a_view_of_a_root_that_was_never_seen_shows_what_refers_to_it() {
    sample.ledger.commit(at(500), insert(ENTRIES, "8", "99", "1"));

    ViewAnswer orphaned = sample.readings().view(Question.latest("withdrawal-booking", "99"));

    assertThat(orphaned.root().state()).isEqualTo("never-seen");
    assertThat(orphaned.members().get("entries")).hasSize(1);
  }

  @Test
  void what_does_not_exist_is_named_with_what_is_spelt_like_it() {
    Readings readings = sample.readings();

    assertThatThrownBy(() -> readings.record(Question.latest("withdrawl", "42")))
        .isInstanceOf(NotThere.class)
        .hasMessageContainingAll("'withdrawl'; did you mean 'withdrawal'?", "ledger-entry");
    assertThatThrownBy(() -> readings.view(Question.latest("booking", "42")))
        .isInstanceOf(NotThere.class)
        .hasMessageContaining("withdrawal-booking");
    assertThatThrownBy(() -> readings.record(Question.latest("withdrawal", "042")))
        .isInstanceOf(NotThere.class)
        .hasMessageContainingAll("No update of withdrawal/042", "compared as text");
    assertThatThrownBy(() -> readings.view(Question.latest("withdrawal-booking", "43")))
        .isInstanceOf(NotThere.class);
  }

  @Test
  void before_its_first_update_a_record_is_never_seen_and_says_when_that_is() {
    RecordReading before = read(WITHDRAWAL.asOf(time(99))).record();

    assertThat(before.state()).isEqualTo("never-seen");
    assertThat(before.reason().orElseThrow()).contains(time(100));
    assertThatThrownBy(() -> read(WITHDRAWAL.asOf("2026-01-01")))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContainingAll("knows table public.withdrawals", time(0));
  }

  @Test
  void keys_of_several_columns_are_told_in_order_or_by_name() {
    sample.ledger.commit(at(500), insert(TRANSFERS, "eu", "7", "first"));
    sample.ledger.commit(at(600), insert(TRANSFERS, "a,b", "8", "second"));

    assertThat(column(read(Question.latest("transfer", "eu,7")).record(), "memo").value())
        .isEqualTo("first");
    assertThat(column(read(named("number=8", "region=a,b")).record(), "memo").value())
        .isEqualTo("second");
    assertThatThrownBy(() -> read(Question.latest("transfer", "a,b,8")))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContainingAll("has 2 parts, [region, number]", "region=... and number=...");
    assertThatThrownBy(() -> read(named("number=8"))).hasMessageContaining("region=...");
    assertThatThrownBy(() -> read(named("number=8", "number=9", "region=x")))
        .hasMessageContaining("each once");
  }

  @Test
  void words_that_mean_no_time_and_no_offset_are_refused_with_those_that_do() {
    assertThatThrownBy(() -> read(WITHDRAWAL.asOf("yesterday")))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContainingAll("2026-01-31T08:00:00Z", "latest", "covered");
    assertThatThrownBy(() -> read(WITHDRAWAL.knownAt("1000000")))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("where the log ends");
  }

  @Test
  void a_reading_that_is_too_large_names_the_limit_to_raise() {
    sample.ledger.commit(at(500), insert(ENTRIES, "8", "42", "1"));

    assertThatThrownBy(() -> sample.readings(new ViewLimits(1, 10)).record(WITHDRAWAL))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("limits.maxUpdatesPerRecord (1)");
    assertThatThrownBy(() -> sample.readings(new ViewLimits(10, 1)).view(BOOKING))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("limits.maxMembers (1)");
  }

  @Test
  void nothing_is_read_while_the_index_is_being_made() {
    Readings readings = sample.readings();
    sample.unfinished = Optional.of("the index is being made");

    assertThatThrownBy(() -> readings.record(WITHDRAWAL))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("the index is being made");
  }

  @Test
  void every_answer_survives_json() {
    sample.payments.commit(at(1100), update(WITHDRAWALS, "42", "1.10", null, UNCHANGED));
    Readings readings = sample.readings();

    assertSurvives(readings.record(WITHDRAWAL), RecordAnswer.class);
    assertSurvives(readings.history(WITHDRAWAL, new Range(0, 5)), HistoryAnswer.class);
    assertSurvives(readings.raw(WITHDRAWAL, new Range(0, 5)), RawAnswer.class);
    assertSurvives(readings.explain(BOOKING), ExplanationAnswer.class);
  }

  private static <T> void assertSurvives(T answer, Class<T> type) {
    assertThat(Json.read(Json.write(answer), type)).isEqualTo(answer);
  }

  private static Question named(String... columns) {
    return new Question("transfer", "", List.of(columns), Optional.empty(), Optional.empty());
  }

  private RecordAnswer read(Question question) {
    return sample.readings().record(question);
  }

  private static ColumnReading column(RecordReading record, String name) {
    return Objects.requireNonNull(record.columns().get(name));
  }
}
