package dev.overseer.views;

import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.formats.pgoutput.PgLogWriter.update;
import static dev.overseer.formats.pgoutput.PgTable.UNCHANGED;
import static dev.overseer.views.Exchange.WITHDRAWAL;
import static dev.overseer.views.Exchange.WITHDRAWALS;
import static dev.overseer.views.Exchange.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.formats.pgoutput.PgLogWriter.TableChange;
import dev.overseer.formats.pgoutput.PgOutput;
import dev.overseer.formats.pgoutput.PgOutputWriter;
import dev.overseer.model.Lsn;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordState;
import dev.overseer.model.Value;
import dev.overseer.store.index.IndexedUpdate;
import org.junit.jupiter.api.Test;

class OperatorsNoteInHistoryTest {
  private final Exchange exchange = new Exchange();

  @Test
  void it_is_in_the_history_of_the_records_that_it_names_and_changes_nothing() {
    exchange.payments.commit(100, insert(WITHDRAWALS, "1", "1", "a", "long"));
    exchange.payments.commit(
        200, note("1"), update(WITHDRAWALS, "1", "2", "a", UNCHANGED), note("1"));

    assertThat(exchange.booking("1", 200).root().updates())
        .extracting(IndexedUpdate::operation)
        .containsExactly(
            Operation.INSERT, Operation.ANNOTATION, Operation.UPDATE, Operation.ANNOTATION);
    assertThat(value(exchange.state(WITHDRAWAL, "1", 200), "note"))
        .isEqualTo(new Value.Text("long"));
    assertThat(exchange.members("1", "entries", 200)).isEmpty();
  }

  @Test
  void a_record_that_is_only_ever_named_was_never_seen() {
    exchange.payments.commit(100, insert(WITHDRAWALS, "1", "1", "a", null), note("2"));

    assertThat(exchange.state(WITHDRAWAL, "2", 100)).isEqualTo(RecordState.NEVER_SEEN);
  }

  @Test
  void one_that_cannot_be_read_is_reported() {
    exchange.payments.commit(
        100, insert(WITHDRAWALS, "1", "1", "a", null), noteOf("{\"by\": \"ann\"}"));
    exchange.state(WITHDRAWAL, "1", 100);

    assertThat(exchange.unreadable).hasSize(1);
  }

  private static TableChange note(String withdrawal) {
    return noteOf(
        """
        {"by": "ann", "records": [{"table": "public.withdrawals", "key": %s}]}
        """
            .formatted(withdrawal));
  }

  private static TableChange noteOf(String content) {
    byte[] raw =
        PgOutputWriter.message(
            new PgOutput.Message(true, Lsn.ZERO, "overseer", content.getBytes(UTF_8)));
    return new TableChange(WITHDRAWALS, Operation.ANNOTATION, raw);
  }
}
