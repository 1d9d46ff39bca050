package dev.overseer.server.reading;

import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.formats.pgoutput.PgLogWriter.update;
import static dev.overseer.formats.pgoutput.PgTable.UNCHANGED;
import static dev.overseer.server.reading.SampleLog.ENTRIES;
import static dev.overseer.server.reading.SampleLog.WITHDRAWALS;
import static dev.overseer.server.reading.SampleLog.at;
import static dev.overseer.server.reading.SampleLog.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Lsn;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadingByPositionTest {
  private static final Question WITHDRAWAL = Question.latest("withdrawal", "42");

  private final SampleLog sample = new SampleLog();
  private final Lsn inserted = status(100, "requested");
  private final Lsn sent = status(200, "sent");

  @Test
  void a_record_is_as_the_last_transaction_at_or_before_the_position_left_it() {
    Lsn completed = status(300, "completed");
    Lsn between = new Lsn(completed.value() - 1);
    RecordAnswer answer = read("payments@" + between);

    assertThat(status(read("payments@" + inserted))).isEqualTo("requested");
    assertThat(status(answer)).isEqualTo("sent");
    assertThat(status(read("payments@" + completed))).isEqualTo("completed");
    assertThat(answer.standing().asOf().orElseThrow()).hasToString(time(200));
    assertThat(answer.standing().position().orElseThrow())
        .isEqualTo(
            new Standing.PositionStanding(
                "payments", between.toString(), "fixture/1@" + sent, Optional.empty()));
    assertThat(answer.standing().covered()).isTrue();
  }

  @Test
  void a_view_is_cut_at_the_same_effective_time_in_every_source() {
    sample.ledger.commit(at(200), insert(ENTRIES, "7", "42", "1"));
    sample.ledger.commit(at(201), insert(ENTRIES, "8", "42", "1"));
    ViewAnswer view =
        sample
            .readings()
            .view(Question.latest("withdrawal-booking", "42").asOf("payments@" + sent));

    assertThat(Objects.requireNonNull(view.members().get("entries")))
        .extracting(RecordReading::record)
        .containsExactly("ledger-entry/7");
  }

  @Test
  void transactions_of_one_effective_time_are_all_in_and_the_answer_says_up_to_which() {
    Lsn second = status(200, "confirmed");
    Lsn third = status(200, "completed");
    RecordAnswer answer = read("payments@" + sent);

    assertThat(status(answer)).isEqualTo("completed");
    assertThat(answer.standing().position().orElseThrow().transaction())
        .isEqualTo("fixture/1@" + sent);
    assertThat(answer.standing().position().orElseThrow().through()).contains("fixture/1@" + third);
    assertThat(read("payments@" + third).standing().position().orElseThrow().through()).isEmpty();
    assertThat(second).isLessThan(third);
  }

  @Test
  void the_same_question_with_the_offset_of_the_answer_gives_it_again() {
    sample.payments.mark(at(250));
    Lsn marked = sample.payments.position();
    RecordAnswer answer = read("payments@" + marked);
    status(300, "completed");
    sample.ledger.mark(at(300));
    RecordAnswer again =
        sample
            .readings()
            .record(
                WITHDRAWAL
                    .asOf("payments@" + marked)
                    .knownAt(String.valueOf(answer.standing().knownAt())));

    assertThat(status(answer)).isEqualTo("sent");
    assertThat(again.record()).isEqualTo(answer.record());
    assertThat(again.standing().position()).isEqualTo(answer.standing().position());
  }

  @Test
  void positions_that_the_log_cannot_tell_are_refused_with_those_that_it_can() {
    assertRefused("payments@0/1", "from %s to".formatted(inserted));
    assertRefused("payments@FF/0", "position FF/0 of source 'payments'", "fixture/1");
    assertRefused("payment@0/1", "no source 'payment'; did you mean 'payments'?");
    assertRefused("ledger@0/1", "no transaction of it");
    assertRefused("payments/2@" + sent, "on timeline 2", "fixture/1 from");
    assertRefused("payments@123456789", "say ledger@16/B374D848");
    assertRefused("payments@1/000000000", "say ledger@16/B374D848");
  }

  @Test
  void the_id_of_an_update_names_its_transaction() {
    status(300, "completed");
    String id = read("payments@" + sent).record().updates().getLast().id();

    assertThat(status(read(id))).isEqualTo("sent");
  }

  @Test
  void after_a_fail_over_the_timeline_says_which_of_two_transactions_is_meant() {
    LogOffset lost = sample.here();
    Lsn never = status(300, "lost");
    LogOffset disowned = new LogOffset(lost.value() + 1);
    sample.payments.mark(at(350));
    LogOffset forked = sample.payments.forked(disowned, at(350));
    Lsn again = status(400, "completed");
    sample.payments.mark(at(500));

    assertRefused("payments@" + never, "several histories", "payments:fixture/2@" + never);
    assertThat(status(read("payments@" + again))).isEqualTo("completed");
    assertThat(status(read("payments/1@" + never))).isEqualTo("lost");
    assertThat(status(read("payments/2@" + again))).isEqualTo("completed");
    assertThat(status(read("payments:fixture/2@" + again))).isEqualTo("completed");
    assertThat(status(read("payments@" + sent))).isEqualTo("sent");
    assertThat(status(read("payments/2@" + sent)))
        .as("the promoted standby has the history before the fork")
        .isEqualTo("sent");
    assertThat(status(read("payments/2@" + new Lsn(again.value() - 1)))).isEqualTo("sent");
    assertThat(
            status(
                sample
                    .readings()
                    .record(WITHDRAWAL.asOf("payments@" + never).knownAt(String.valueOf(forked)))))
        .as("before it was known that there is another history")
        .isEqualTo("lost");
  }

  @Test
  void what_no_effective_time_shows_any_more_is_refused_with_the_offset_that_does() {
    LogOffset disowned = new LogOffset(sample.here().value() + 1);
    Lsn never = status(300, "lost");
    LogOffset forked = sample.payments.forked(disowned, at(300));

    assertRefused("payments/1@" + never, "disowned", "known-at " + forked);
    assertThat(
            status(
                sample
                    .readings()
                    .record(
                        WITHDRAWAL.asOf("payments/1@" + never).knownAt(String.valueOf(forked)))))
        .isEqualTo("lost");
  }

  private Lsn status(long micros, String status) {
    sample.payments.commit(
        at(micros),
        micros == 100
            ? insert(WITHDRAWALS, "42", "1.10", status, "note")
            : update(WITHDRAWALS, "42", "1.10", status, UNCHANGED));
    return sample.payments.position();
  }

  private static Object status(RecordAnswer answer) {
    return Objects.requireNonNull(
        Objects.requireNonNull(answer.record().columns().get("status")).value());
  }

  private RecordAnswer read(String asOf) {
    return sample.readings().record(WITHDRAWAL.asOf(asOf));
  }

  private void assertRefused(String asOf, String... words) {
    assertThatThrownBy(() -> read(asOf))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContainingAll(words);
  }
}
