package dev.overseer.views;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.formats.Formats;
import dev.overseer.formats.pgoutput.PgLogWriter;
import dev.overseer.formats.pgoutput.PgLogWriter.TableChange;
import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.RecordKey;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.log.MemoryLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a reading of a total takes, counted in entries of the index that it moves to. */
class TotalCostTest {
  private static final int TRANSACTIONS = 1_000;
  private static final int ENTRIES_EACH = 100;

  /** A search among twice eight bytes, for each of an account's parts and windows. */
  private static final int ENTRIES_READ_MAX = 600;

  private final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(1, 2));
  private final CountedStore store =
      new CountedStore(new MemoryStore(Durability.WRITTEN, KeyValueUpdateIndex.SPACES));

  @Test
  void of_a_hundred_thousand_entries_a_reading_takes_a_few() {
    KeyValueUpdateIndex index =
        KeyValueUpdateIndex.open(
            store, Bank.DEFINITIONS, IndexIdentity.of(log.identity(), Bank.DEFINITIONS));
    PgLogWriter ledger = new PgLogWriter("ledger", log::append);
    ledger.open();
    long begin = EffectiveTime.of(Instant.parse("2026-03-01T00:00:00Z")).micros();
    LogOffset half = LogOffset.ZERO;
    for (int i = 0; i < TRANSACTIONS; i++) {
      LogOffset commit = ledger.commit(begin + i, entries(i));
      half = i < TRANSACTIONS / 2 ? commit.next() : half;
    }
    index(index);
    StoredViews views =
        new StoredViews(index, log, Bank.DEFINITIONS, Formats.standard(), ViewLimits.DEFAULT);

    assertThat(entriesRead(views, AsOf.at(new EffectiveTime(begin + TRANSACTIONS)), 100_000))
        .isLessThanOrEqualTo(6);
    assertThat(entriesRead(views, AsOf.at(new EffectiveTime(begin + 499)), 50_000))
        .isLessThanOrEqualTo(6);
    assertThat(entriesRead(views, new AsOf(new EffectiveTime(begin + 900), half), 50_000))
        .isLessThanOrEqualTo(ENTRIES_READ_MAX);
  }

  private void index(KeyValueUpdateIndex index) {
    log.sync();
    try (Indexer indexer =
        new Indexer(
            log,
            index,
            Bank.DEFINITIONS,
            Formats.standard()::decoder,
            (_, _, _) -> {},
            Map.of(),
            new Totalling(index, log, Bank.DEFINITIONS, Formats.standard()))) {
      while (indexer.step()) {
        // until the index has all
      }
    }
  }

  private static TableChange[] entries(int transaction) {
    return IntStream.range(0, ENTRIES_EACH)
        .mapToObj(i -> String.valueOf(transaction * ENTRIES_EACH + i))
        .map(
            id ->
                PgLogWriter.insert(
                    Bank.ENTRIES, id, "a", "EUR", "0.01", "2026-03-01 00:00:00+00", "transfer"))
        .toArray(TableChange[]::new);
  }

  private int entriesRead(StoredViews views, AsOf asOf, long expected) {
    store.read = 0;
    List<TotalReading> spent =
        views
            .viewAsOf(Bank.OF_ACCOUNT, RecordKey.of(Bank.ACCOUNT, "a"), asOf)
            .totals()
            .getOrDefault("spent", List.of());
    assertThat(spent.getLast().get().count("EUR")).isEqualTo(expected);
    return store.read;
  }
}
