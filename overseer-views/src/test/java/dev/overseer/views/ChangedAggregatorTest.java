package dev.overseer.views;

import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.formats.pgoutput.PgLogWriter.update;
import static dev.overseer.formats.pgoutput.PgTable.UNCHANGED;
import static dev.overseer.views.Exchange.WITHDRAWAL;
import static dev.overseer.views.Exchange.WITHDRAWALS;
import static dev.overseer.views.Exchange.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.formats.Formats;
import dev.overseer.formats.Formats.Format;
import dev.overseer.formats.pgoutput.PgLogWriter;
import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogRecord;
import dev.overseer.model.RecordAggregator;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.Value;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.log.MemoryLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The log holds what was received, so an aggregator that was wrong is corrected, and that is all.
 */
class ChangedAggregatorTest {
  private final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(1, 2));
  private final KeyValueUpdateIndex index =
      KeyValueUpdateIndex.open(
          new MemoryStore(Durability.WRITTEN, KeyValueUpdateIndex.SPACES),
          Exchange.DEFINITIONS,
          IndexIdentity.of(log.identity(), Exchange.DEFINITIONS));

  @Test
  void old_cuts_are_read_anew_with_no_backfill() {
    PgLogWriter payments = new PgLogWriter("payments", log::append);
    payments.open();
    payments.commit(100, insert(WITHDRAWALS, "1", "5", " a ", "long"));
    payments.commit(200, update(WITHDRAWALS, "1", "6", " b ", UNCHANGED));
    index();

    assertThat(account(Formats.standard(), 100)).isEqualTo(new Value.Text(" a "));
    assertThat(account(changed(Formats.standard()), 100)).isEqualTo(new Value.Text("a"));
    assertThat(account(changed(Formats.standard()), 200)).isEqualTo(new Value.Text("b"));
    assertThat(account(Formats.standard(), 100))
        .as("the first again")
        .isEqualTo(new Value.Text(" a "));
  }

  private void index() {
    log.sync();
    Indexer indexer =
        new Indexer(log, index, Exchange.DEFINITIONS, Formats.standard()::decoder, (_, _, _) -> {});
    while (indexer.step()) {
      // Until the index has all of it.
    }
  }

  private Value account(Formats formats, long cut) {
    StoredViews views =
        new StoredViews(index, log, Exchange.DEFINITIONS, formats, ViewLimits.DEFAULT);
    RecordKey withdrawal = RecordKey.of(WITHDRAWAL, "1");
    return value(views.stateAsOf(withdrawal, AsOf.at(new EffectiveTime(cut))), "account_id");
  }

  /** The same formats, but that blanks around texts no longer count. */
  private static Formats changed(Formats formats) {
    return new Formats(
        List.of(
            new Format(
                Formats.PGOUTPUT,
                formats.decoder(Formats.PGOUTPUT),
                new Stripping(formats.aggregator(Formats.PGOUTPUT)),
                formats.schemas(Formats.PGOUTPUT))));
  }

  private record Stripping(RecordAggregator before) implements RecordAggregator {

    @Override
    public RecordState fold(
        RecordState state, LogRecord.Schema schema, LogRecord.Change change, Role role) {
      RecordState folded = before.fold(state, schema, change, role);
      return folded instanceof RecordState.Present(Map<String, Value> values)
          ? new RecordState.Present(stripped(values))
          : folded;
    }

    private static Map<String, Value> stripped(Map<String, Value> values) {
      Map<String, Value> stripped = new HashMap<>();
      values.forEach(
          (column, value) ->
              stripped.put(
                  column,
                  value instanceof Value.Text(String text) ? new Value.Text(text.strip()) : value));
      return stripped;
    }
  }
}
