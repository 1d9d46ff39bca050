package dev.overseer.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.AsOf;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Lsn;
import dev.overseer.model.MasterDocument;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordAggregator.Role;
import dev.overseer.model.RecordKey;
import dev.overseer.model.Reference;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.model.TransactionId;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.log.MemoryLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IndexerTest {
  private static final SourceName BANK = new SourceName("bank");
  private static final Incarnation FIRST = new Incarnation("7", 1);
  private static final TableName PAYMENTS = TableName.parse("public.payments");
  private static final TableName ENTRIES = TableName.parse("public.entries");
  private static final ModelName PAYMENT = new ModelName("payment");
  private static final ModelName ENTRY = new ModelName("entry");
  private static final ReferenceName OF = new ReferenceName("payment");
  private static final Definitions DEFINITIONS =
      new Definitions(
          List.of(
              new ModelDefinition(PAYMENT, BANK, PAYMENTS, List.of("id"), Map.of()),
              new ModelDefinition(
                  ENTRY,
                  BANK,
                  ENTRIES,
                  List.of("id"),
                  Map.of(OF, ModelDefinition.ReferenceDefinition.of(PAYMENT, "payment")))),
          List.of());

  private final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(1, 2));
  private final List<String> unreadable = new ArrayList<>();
  private MemoryStore store = new MemoryStore(Durability.FLUSHED, KeyValueUpdateIndex.SPACES);
  private KeyValueUpdateIndex index = open();
  private LogOffset payments = LogOffset.ZERO;
  private LogOffset entries = LogOffset.ZERO;
  private int ordinal;
  private long lsn = 100;

  private KeyValueUpdateIndex open() {
    return KeyValueUpdateIndex.open(
        store, DEFINITIONS, IndexIdentity.of(log.identity(), DEFINITIONS));
  }

  @BeforeEach
  void openSource() {
    log.append(new LogRecord.SourceOpened(BANK, "postgres", FIRST, 0));
    payments = log.append(new LogRecord.Schema(BANK, PAYMENTS, "text", new byte[0]));
    entries = log.append(new LogRecord.Schema(BANK, ENTRIES, "text", new byte[0]));
  }

  @Test
  void a_record_has_its_updates_in_source_order_up_to_the_cut() {
    LogOffset inserted = payment(Operation.INSERT, "p1");
    LogOffset commit = commit(10, inserted, 1);
    LogOffset updated = payment(Operation.UPDATE, "p1");
    commit(20, updated, 1);
    index();

    assertThat(updates("p1", AsOf.at(time(19))))
        .containsExactly(
            new IndexedUpdate(time(10), inserted, commit, Operation.INSERT, Role.SAME_KEY));
    assertThat(updates("p1", AsOf.latest()))
        .extracting(IndexedUpdate::change)
        .containsExactly(inserted, updated);
    assertThat(updates("p", AsOf.latest())).isEmpty();
  }

  @Test
  void what_was_stored_later_was_not_known_then() {
    commit(10, payment(Operation.INSERT, "p1"), 1);
    LogOffset second = commit(20, payment(Operation.UPDATE, "p1"), 1);
    index();

    assertThat(updates("p1", new AsOf(time(30), second))).hasSize(1);
    assertThat(updates("p1", new AsOf(time(30), second.next()))).hasSize(2);
  }

  @Test
  void references_are_found_from_both_ends() {
    LogOffset first = entry(Operation.INSERT, "e1>p1");
    entry(Operation.INSERT, "e2>p1");
    commit(10, first, 2);
    commit(20, entry(Operation.UPDATE, "e1>p2"), 1);
    index();

    assertThat(index.masterDocument(RecordKey.of(PAYMENT, "p1")).inbound())
        .containsExactlyInAnyOrder(
            new MasterDocument.Inbound(OF, RecordKey.of(ENTRY, "e1")),
            new MasterDocument.Inbound(OF, RecordKey.of(ENTRY, "e2")));
    assertThat(index.masterDocument(RecordKey.of(ENTRY, "e1")).outbound())
        .containsExactly(
            new Reference(OF, RecordKey.of(PAYMENT, "p1")),
            new Reference(OF, RecordKey.of(PAYMENT, "p2")));
  }

  @Test
  void a_change_of_key_is_in_the_history_of_both_keys() {
    commit(10, payment(Operation.UPDATE, "old=new"), 1);
    index();

    assertThat(updates("old", AsOf.latest()))
        .extracting(IndexedUpdate::role)
        .containsExactly(Role.OLD_KEY);
    assertThat(updates("new", AsOf.latest()))
        .extracting(IndexedUpdate::role)
        .containsExactly(Role.NEW_KEY);
  }

  @Test
  void keys_with_zero_bytes_and_common_beginnings_stay_apart() {
    LogOffset first = payment(Operation.INSERT, "a");
    payment(Operation.INSERT, "a\0");
    payment(Operation.INSERT, "a\0\1b");
    commit(10, first, 3);
    index();

    assertThat(updates("a", AsOf.latest())).hasSize(1);
    assertThat(updates("a\0", AsOf.latest())).hasSize(1);
    assertThat(updates("a\0\1b", AsOf.latest())).hasSize(1);
  }

  @Test
  void the_records_of_a_model_are_found_page_by_page_each_once() {
    for (int i = 0; i < 40; i++) {
      commit(10 + i, payment(Operation.INSERT, "p" + i % 20), 1);
      commit(10 + i, entry(Operation.INSERT, "e" + i + ">p1"), 1);
    }
    index();

    List<RecordKey> found = new ArrayList<>();
    Optional<RecordKey> last = Optional.empty();
    do {
      RecordPage page = index.records(Set.of(PAYMENT), last, 7);
      found.addAll(page.records());
      last = page.last();
    } while (last.isPresent());
    assertThat(found).doesNotHaveDuplicates().hasSize(20).contains(RecordKey.of(PAYMENT, "p19"));
  }

  @Test
  void a_truncation_belongs_to_its_table() {
    LogOffset truncated = payment(Operation.TRUNCATE, "");
    commit(10, truncated, 1);
    index();

    assertThat(index.truncations(BANK, PAYMENTS, AsOf.at(time(10))))
        .extracting(IndexedUpdate::change)
        .containsExactly(truncated);
    assertThat(index.truncations(BANK, PAYMENTS, AsOf.at(time(9)))).isEmpty();
    assertThat(index.truncations(BANK, ENTRIES, AsOf.latest())).isEmpty();
  }

  @Test
  void an_unreadable_change_is_reported_and_its_neighbours_go_on() {
    LogOffset bad = payment(Operation.INSERT, "p?");
    payment(Operation.INSERT, "p1");
    commit(10, bad, 2);
    index();

    assertThat(unreadable).containsExactly(bad + " it has a question mark");
    assertThat(updates("p1", AsOf.latest())).hasSize(1);
  }

  @Test
  void a_change_that_may_be_of_any_record_makes_its_table_unknown_from_there_on() {
    log.append(new LogRecord.TableKnown(BANK, PAYMENTS, time(5)));
    log.append(new LogRecord.TableKnown(BANK, ENTRIES, time(5)));
    commit(10, payment(Operation.INSERT, "p?"), 1);
    index();

    assertThat(known(PAYMENTS)).containsExactly(new KnownInterval(time(5), time(9)));
    assertThat(known(ENTRIES)).containsExactly(new KnownInterval(time(5), EffectiveTime.MAX));
  }

  @Test
  void a_dead_letter_makes_every_table_of_its_source_unknown() {
    log.append(new LogRecord.TableKnown(BANK, PAYMENTS, time(5)));
    LogOffset letter =
        log.append(new LogRecord.DeadLetter(BANK, 0, "text", "of no table", TextFormat.raw("?")));
    commit(10, letter, 1);
    index();

    assertThat(known(PAYMENTS)).containsExactly(new KnownInterval(time(5), time(9)));
    assertThat(unreadable).containsExactly(letter + " of no table");
  }

  private List<KnownInterval> known(TableName table) {
    SourceProgress bank = Objects.requireNonNull(index.progress().get(BANK));
    return bank.known().getOrDefault(table, List.of());
  }

  @Test
  void progress_says_where_to_resume_and_what_is_known() {
    log.append(new LogRecord.TableKnown(BANK, PAYMENTS, time(5)));
    commit(10, payment(Operation.INSERT, "p1"), 1);
    log.append(new LogRecord.Mark(BANK, time(15), new Lsn(500)));
    log.append(new LogRecord.TableUnknown(BANK, PAYMENTS, time(15), "slot lost"));
    log.append(new LogRecord.TableKnown(BANK, PAYMENTS, time(40)));
    index();

    SourceProgress progress = Objects.requireNonNull(index.progress().get(BANK));
    assertThat(progress.commit()).contains(new Lsn(101));
    assertThat(progress.resume()).contains(new Lsn(500));
    assertThat(progress.watermark()).isEqualTo(time(15));
    assertThat(progress.schemas()).containsEntry(PAYMENTS, payments);
    assertThat(progress.known().get(PAYMENTS))
        .containsExactly(
            new KnownInterval(time(5), time(15)), new KnownInterval(time(40), EffectiveTime.MAX));
  }

  @Test
  void positions_of_an_incarnation_mean_nothing_in_the_next() {
    commit(10, payment(Operation.INSERT, "p1"), 1);
    log.append(new LogRecord.SourceOpened(BANK, "postgres", new Incarnation("7", 2), 0));
    index();

    SourceProgress progress = Objects.requireNonNull(index.progress().get(BANK));
    assertThat(progress.commit()).isEmpty();
    assertThat(progress.resume()).isEmpty();
    assertThat(progress.watermark()).isEqualTo(time(10));
  }

  @Test
  void what_a_fork_disowned_counts_up_to_the_fork_and_not_from_it_on() {
    commit(10, payment(Operation.INSERT, "p1"), 1);
    LogOffset disowned = commit(20, payment(Operation.UPDATE, "p1"), 1);
    commit(30, payment(Operation.TRUNCATE, ""), 1);
    LogOffset forked = fork(102, disowned, 35);
    commit(35, payment(Operation.UPDATE, "p1"), 1);
    index();
    store.flush();
    store = store.afterCrash();
    KeyValueUpdateIndex written = index;
    index = open();

    for (KeyValueUpdateIndex each : List.of(written, index)) {
      assertThat(each.updates(RecordKey.of(PAYMENT, "p1"), AsOf.at(time(34)))).hasSize(2);
      assertThat(each.updates(RecordKey.of(PAYMENT, "p1"), AsOf.at(time(35))))
          .extracting(IndexedUpdate::effectiveTime)
          .containsExactly(time(10), time(35));
      assertThat(each.truncations(BANK, PAYMENTS, AsOf.at(time(34)))).hasSize(1);
      assertThat(each.truncations(BANK, PAYMENTS, AsOf.latest())).isEmpty();
      assertThat(each.updates(RecordKey.of(PAYMENT, "p1"), new AsOf(time(99), forked)))
          .as("as was known before the fork")
          .hasSize(2);
    }
  }

  @Test
  void after_a_fork_positions_go_on_from_where_the_histories_part() {
    commit(10, payment(Operation.INSERT, "p1"), 1);
    LogOffset disowned = commit(20, payment(Operation.UPDATE, "p1"), 1);
    log.append(new LogRecord.Mark(BANK, time(30), new Lsn(500)));
    fork(102, disowned, 30);
    index();

    SourceProgress progress = Objects.requireNonNull(index.progress().get(BANK));
    assertThat(progress.incarnation()).isEqualTo(new Incarnation("7", 2));
    assertThat(progress.resume()).contains(new Lsn(102));
    assertThat(progress.commit()).contains(new Lsn(102));
    assertThat(progress.watermark()).isEqualTo(time(30));
  }

  private LogOffset fork(long position, LogOffset disowned, long micros) {
    return log.append(
        new LogRecord.Forked(
            BANK, new Incarnation("7", 2), new Lsn(position), disowned, time(micros)));
  }

  @Test
  void an_index_that_lost_its_last_writes_catches_up_and_is_the_same() {
    commit(10, entry(Operation.INSERT, "e1>p1"), 1);
    index();
    store.flush();
    LogOffset torn = payment(Operation.INSERT, "p1");
    index();
    commit(20, torn, 1);
    index();
    List<IndexedUpdate> updates = updates("p1", AsOf.latest());

    store = store.afterCrash();
    index = open();
    assertThat(index.consumed()).isLessThan(log.end());
    index();
    assertThat(updates("p1", AsOf.latest())).isEqualTo(updates).hasSize(1);
    assertThat(index.progress().get(BANK)).isNotNull();
    assertThat(index.consumed()).isEqualTo(log.end());
  }

  @Test
  void an_index_of_other_models_or_of_another_log_does_not_serve() {
    commit(10, payment(Operation.INSERT, "p1"), 1);
    index();
    IndexIdentity identity = IndexIdentity.of(log.identity(), DEFINITIONS);

    assertThat(KeyValueUpdateIndex.mismatch(store, identity, log.end())).isEmpty();
    assertThat(KeyValueUpdateIndex.mismatch(store, identity, LogOffset.ZERO).orElseThrow())
        .contains("has consumed 5 records, but the log has 0");
    IndexIdentity otherLog = IndexIdentity.of(new UUID(9, 9), DEFINITIONS);
    assertThat(KeyValueUpdateIndex.mismatch(store, otherLog, log.end()).orElseThrow())
        .contains("is of the log");
    IndexIdentity otherModels =
        IndexIdentity.of(log.identity(), new Definitions(List.of(), List.of()));
    assertThat(KeyValueUpdateIndex.mismatch(store, otherModels, log.end()).orElseThrow())
        .contains("models changed");
  }

  private void index() {
    log.sync();
    Indexer indexer =
        new Indexer(
            log,
            index,
            DEFINITIONS,
            _ -> new TextFormat(),
            (_, offset, reason) -> unreadable.add(offset + " " + reason));
    while (indexer.step()) {}
  }

  private List<IndexedUpdate> updates(String payment, AsOf asOf) {
    return index.updates(RecordKey.of(PAYMENT, payment), asOf);
  }

  private LogOffset payment(Operation operation, String text) {
    return log.append(
        new LogRecord.Change(BANK, ordinal++, operation, payments, TextFormat.raw(text)));
  }

  private LogOffset entry(Operation operation, String text) {
    return log.append(
        new LogRecord.Change(BANK, ordinal++, operation, entries, TextFormat.raw(text)));
  }

  private LogOffset commit(long micros, LogOffset first, int count) {
    ordinal = 0;
    lsn++;
    return log.append(
        new LogRecord.Commit(
            BANK,
            new TransactionId(FIRST, new Lsn(lsn)),
            new Lsn(lsn + 1),
            lsn,
            first,
            count,
            Instant.EPOCH,
            time(micros),
            LogRecord.TimeBasis.COMMIT_TIME));
  }

  private static EffectiveTime time(long micros) {
    return new EffectiveTime(micros);
  }
}
