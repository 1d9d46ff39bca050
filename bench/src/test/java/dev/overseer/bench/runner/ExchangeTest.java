package dev.overseer.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.bench.runner.ExchangeUpdate.What;
import dev.overseer.formats.Formats;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordAggregator.Role;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.SourceName;
import dev.overseer.model.Value;
import java.math.BigDecimal;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ExchangeTest {
  private static final UUID WITHDRAWAL = new UUID(0x0123456789ABCDEFL, 0x8000000000000001L);
  private static final UUID ENTRY = new UUID(0x4711L, 0x8000000000000002L);

  private final Exchange exchange = new Exchange();

  @Test
  void a_row_has_the_ids_and_the_amount_of_what_happened() throws Undecodable {
    LogRecord.Change change = change(What.BOOKED, 1_230_000_000_000_000_004L);
    RecordState.Present row = (RecordState.Present) fold(change);
    assertThat(row.value("id")).isEqualTo(new Value.Text(ENTRY.toString()));
    assertThat(row.value("withdrawal_id")).isEqualTo(new Value.Text(WITHDRAWAL.toString()));
    assertThat(row.value("amount"))
        .isEqualTo(new Value.Number(new BigDecimal("1.230000000000000004")));
    assertThat(row.value("kind")).isEqualTo(new Value.Text("booking"));
  }

  @Test
  void an_entry_refers_to_its_withdrawal() throws Undecodable {
    LogRecord.Change change = change(What.REFUND_ENTERED, 5);
    assertThat(
            Formats.standard()
                .decoder(Formats.PGOUTPUT)
                .decode(
                    Exchange.schema(Exchange.LEDGER),
                    change,
                    Exchange.definitions().model(new ModelName("ledger-entry")))
                .references())
        .singleElement()
        .satisfies(
            reference ->
                assertThat(reference.target())
                    .isEqualTo(RecordKey.of(new ModelName("withdrawal"), WITHDRAWAL.toString())));
  }

  @Test
  void every_thing_that_happens_can_be_read() {
    for (What what : What.values()) {
      RecordState state = fold(change(what, 7));
      assertThat(state)
          .describedAs(what.name())
          .isInstanceOf(
              what == What.REMOVED ? RecordState.Deleted.class : RecordState.Present.class);
    }
  }

  private LogRecord.Change change(What what, long amount) {
    ExchangeUpdate update = new ExchangeUpdate(1, what, WITHDRAWAL, ENTRY, amount);
    SourceName source = what.isOfLedger() ? Exchange.LEDGER : Exchange.PAYMENTS;
    return new LogRecord.Change(
        source, 0, Exchange.operation(what), LogOffset.ZERO, exchange.bytes(update));
  }

  private static RecordState fold(LogRecord.Change change) {
    return Formats.standard()
        .aggregator(Formats.PGOUTPUT)
        .fold(RecordState.NEVER_SEEN, Exchange.schema(change.source()), change, Role.SAME_KEY);
  }
}
