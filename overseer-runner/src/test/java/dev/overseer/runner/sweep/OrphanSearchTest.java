package dev.overseer.runner.sweep;

import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Total;
import dev.overseer.formats.Formats;
import dev.overseer.formats.pgoutput.PgLogWriter;
import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.model.CheckName;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.TotalDefinition;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewName;
import dev.overseer.runner.journal.SweepScope;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.log.MemoryLog;
import dev.overseer.views.StoredViews;
import dev.overseer.views.Totalling;
import dev.overseer.views.ViewLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Accounts, and entries that are counted by the account that they name. */
class OrphanSearchTest {
  private static final PgTable ACCOUNTS =
      PgTable.of("bank", 1, "public.accounts", "id text key", "owner text");
  private static final PgTable ENTRIES =
      PgTable.of("ledger", 2, "public.entries", "id int8 key", "account text");
  private static final ModelName ACCOUNT = new ModelName("account");
  private static final ModelName ENTRY = new ModelName("entry");
  private static final EffectiveTime CUT = new EffectiveTime(100);

  record ById(Total entries) {}

  record ByOwner(Total entries) {}

  private static final Definitions DEFINITIONS =
      new Definitions(
          List.of(model(ACCOUNT, ACCOUNTS), model(ENTRY, ENTRIES)),
          List.of(view("by-id", "id"), view("by-owner", "owner")));

  private static ModelDefinition model(ModelName name, PgTable table) {
    return new ModelDefinition(name, table.source(), table.name(), List.of("id"), Map.of());
  }

  private static ViewDefinition view(String name, String rootColumn) {
    TotalDefinition entries =
        new TotalDefinition(
            ENTRY,
            List.of("account"),
            ACCOUNT,
            List.of(rootColumn),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty());
    return new ViewDefinition(
        new ViewName(name),
        ACCOUNT,
        false,
        List.of(),
        List.of(new ViewDefinition.Total("entries", entries)));
  }

  private final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(0, 1));
  private final KeyValueUpdateIndex index =
      KeyValueUpdateIndex.open(
          new MemoryStore(Durability.FLUSHED, KeyValueUpdateIndex.SPACES),
          DEFINITIONS,
          IndexIdentity.of(log.identity(), DEFINITIONS));

  private <V> OrphanSearch search(Class<V> view) {
    CheckDefinition<V> check =
        new CheckDeclaration<>(new CheckName("any"), view, (_, _) -> Outcome.passed()).definition();
    StoredViews views =
        new StoredViews(index, log, DEFINITIONS, Formats.standard(), ViewLimits.DEFAULT);
    return new OrphanSearch(index, views, DEFINITIONS, check, EffectiveTime.MIN);
  }

  private void index() {
    log.sync();
    Formats formats = Formats.standard();
    Indexer indexer =
        new Indexer(
            log,
            index,
            DEFINITIONS,
            formats::decoder,
            (_, _, _) -> {},
            Map.of(),
            new Totalling(index, log, DEFINITIONS, formats));
    while (indexer.step()) {
      // as far as the log goes
    }
  }

  private static List<RecordKey> found(OrphanSearch search, String entry) {
    return search.of(RecordKey.of(ENTRY, entry), SweepScope.ALL, CUT);
  }

  @Test
  void a_counted_record_tells_of_an_account_that_was_never_seen() {
    PgLogWriter bank = new PgLogWriter("bank", log::append);
    PgLogWriter ledger = new PgLogWriter("ledger", log::append);
    bank.open();
    ledger.open();
    bank.commit(10, insert(ACCOUNTS, "a", "ann"));
    ledger.commit(20, insert(ENTRIES, "1", "a"));
    ledger.commit(30, insert(ENTRIES, "2", "nobody"));
    ledger.commit(40, insert(ENTRIES, "3", "nobody"));
    ledger.commit(110, insert(ENTRIES, "4", "later"));
    index();

    OrphanSearch search = search(ById.class);

    assertThat(found(search, "1")).isEmpty();
    assertThat(found(search, "2")).containsExactly(RecordKey.of(ACCOUNT, "nobody"));
    assertThat(found(search, "3")).as("found already").isEmpty();
    assertThat(found(search, "4")).as("not yet at the cut").isEmpty();
  }

  @Test
  void no_record_is_asked_where_a_root_must_have_been_seen_to_be_counted_for() {
    assertThat(search(ById.class).models()).containsExactly(ENTRY);
    assertThat(search(ByOwner.class).models()).isEmpty();
  }
}
