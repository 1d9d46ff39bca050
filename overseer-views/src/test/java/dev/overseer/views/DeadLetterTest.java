package dev.overseer.views;

import static dev.overseer.formats.pgoutput.PgLogWriter.delete;
import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.formats.pgoutput.PgLogWriter.update;
import static dev.overseer.formats.pgoutput.PgTable.UNCHANGED;
import static dev.overseer.views.Exchange.WITHDRAWAL;
import static dev.overseer.views.Exchange.WITHDRAWALS;
import static dev.overseer.views.Exchange.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.formats.pgoutput.PgLogWriter.TableChange;
import dev.overseer.model.RecordState;
import dev.overseer.model.Value;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Changes that cannot be decoded: whose they are stands before the fault. */
class DeadLetterTest {
  private final Exchange exchange = new Exchange();

  @Test
  void its_record_cannot_be_told_from_there_on_and_its_neighbours_go_on() {
    exchange.payments.commit(100, insert(WITHDRAWALS, "1", "1", "a", null));
    exchange.payments.commit(
        200,
        damaged(update(WITHDRAWALS, "1", "2", "a", null)),
        insert(WITHDRAWALS, "2", "2", "a", null));

    assertThat(state("1", 199)).isInstanceOf(RecordState.Present.class);
    assertThat(state("1", 200)).isInstanceOf(RecordState.Unreadable.class);
    assertThat(state("2", 200)).isInstanceOf(RecordState.Present.class);
    assertThat(exchange.unreadable).hasSize(1);
  }

  @Test
  void a_whole_row_after_it_tells_the_record_again() {
    exchange.payments.commit(100, insert(WITHDRAWALS, "1", "1", "a", "long"));
    exchange.payments.commit(200, damaged(update(WITHDRAWALS, "1", "2", "a", "longer")));
    exchange.payments.commit(300, update(WITHDRAWALS, "1", "3", "a", UNCHANGED));
    exchange.payments.commit(400, update(WITHDRAWALS, "1", "4", "a", "new"));

    assertThat(value(state("1", 300), "note")).isInstanceOf(Value.Unknown.class);
    assertThat(value(state("1", 400), "note")).isEqualTo(new Value.Text("new"));
  }

  @Test
  void a_removal_that_cannot_be_read_is_not_believed() {
    exchange.payments.commit(100, insert(WITHDRAWALS, "1", "1", "a", null));
    exchange.payments.commit(200, damaged(delete(WITHDRAWALS, "1")));

    assertThat(state("1", 200)).isInstanceOf(RecordState.Unreadable.class);
  }

  @Test
  void its_bytes_are_kept_as_they_came() {
    TableChange damaged = damaged(insert(WITHDRAWALS, "1", "1", "a", null));
    exchange.payments.commit(100, damaged);
    state("1", 100);

    assertThat(exchange.unreadable)
        .singleElement()
        .satisfies(change -> assertThat(change.raw()).isEqualTo(damaged.raw()));
  }

  private RecordState state(String key, long cut) {
    return exchange.state(WITHDRAWAL, key, cut);
  }

  private static TableChange damaged(TableChange change) {
    byte[] cut = Arrays.copyOf(change.raw(), change.raw().length - 1);
    return new TableChange(change.table(), change.operation(), cut);
  }
}
