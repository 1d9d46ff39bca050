package dev.overseer.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.AsOf;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordAggregator.Role;
import dev.overseer.model.RecordKey;
import dev.overseer.model.Reference;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whatever it keeps and forgets, it says what the stored index says as of its position. */
class PassedIndexTest {
  private static final SourceName SOURCE = new SourceName("bank");
  private static final ModelName WITHDRAWAL = new ModelName("withdrawal");
  private static final ModelName ENTRY = new ModelName("entry");
  private static final ReferenceName REFERENCE = new ReferenceName("withdrawal");
  private static final int UPDATES = 2000;
  private static final int RECORDS = 60;

  private static final Definitions DEFINITIONS =
      new Definitions(
          List.of(
              new ModelDefinition(
                  WITHDRAWAL,
                  SOURCE,
                  TableName.parse("public.withdrawals"),
                  List.of("id"),
                  Map.of()),
              new ModelDefinition(
                  ENTRY,
                  SOURCE,
                  TableName.parse("public.entries"),
                  List.of("id"),
                  Map.of(REFERENCE, ReferenceDefinition.of(WITHDRAWAL, "withdrawal_id")))),
          List.of());

  private KeyValueUpdateIndex stored = empty();

  private static KeyValueUpdateIndex empty() {
    return KeyValueUpdateIndex.open(
        new MemoryStore(Durability.FLUSHED, KeyValueUpdateIndex.SPACES),
        DEFINITIONS,
        IndexIdentity.of(new UUID(0, 1), DEFINITIONS));
  }

  @Test
  void read_from_the_beginning_it_says_what_the_stored_index_says() {
    hold(1, 0, 1_000_000);
  }

  @Test
  void what_it_forgot_it_looks_up() {
    for (int seed = 2; seed < 6; seed++) {
      hold(seed, 0, 40);
    }
  }

  @Test
  void what_came_before_its_beginning_it_looks_up() {
    hold(6, UPDATES / 2, 1_000_000);
    hold(7, UPDATES / 2, 60);
  }

  private void hold(long seed, int from, int weightMax) {
    Random random = new Random(seed);
    stored = empty();
    List<IndexEntry.OfRecord> entries = entries(random);
    stored.write(List.copyOf(entries), List.of(), new LogOffset(2L * UPDATES));
    PassedIndex passed = new PassedIndex(stored, new LogOffset(2L * from), true, weightMax);
    for (IndexEntry.OfRecord entry : entries.subList(from, entries.size())) {
      passed.passed(entry.update().commit().next());
      passed.pass(entry.record(), entry.update(), entry.references());
      if (random.nextInt(20) == 0) {
        passed.forget(record(random));
      }
      ask(passed, random);
    }
  }

  private static List<IndexEntry.OfRecord> entries(Random random) {
    List<IndexEntry.OfRecord> entries = new ArrayList<>();
    for (int i = 0; i < UPDATES; i++) {
      RecordKey record = record(random);
      IndexedUpdate update =
          new IndexedUpdate(
              new EffectiveTime(i / 3),
              new LogOffset(2L * i),
              new LogOffset(2L * i + 1),
              Operation.UPDATE,
              Role.SAME_KEY);
      Reference reference =
          new Reference(
              REFERENCE, RecordKey.of(WITHDRAWAL, Integer.toString(random.nextInt(RECORDS))));
      entries.add(
          new IndexEntry.OfRecord(
              record, update, record.model().equals(ENTRY) ? List.of(reference) : List.of()));
    }
    return entries;
  }

  private static RecordKey record(Random random) {
    ModelName model = random.nextBoolean() ? ENTRY : WITHDRAWAL;
    return RecordKey.of(model, Integer.toString(random.nextInt(RECORDS)));
  }

  private void ask(PassedIndex passed, Random random) {
    RecordKey record = record(random);
    EffectiveTime cut = new EffectiveTime(random.nextInt(UPDATES / 3));
    AsOf asPassed = new AsOf(cut, passed.consumed());
    int max = 1 + random.nextInt(20);
    assertThat(passed.updates(record, AsOf.at(cut))).isEqualTo(stored.updates(record, asPassed));
    assertThat(passed.lastUpdates(record, AsOf.at(cut), max))
        .isEqualTo(stored.lastUpdates(record, asPassed, max));
    assertThat(stored.referrers(record)).containsAll(passed.referrers(record));
    for (var inbound : stored.referrers(record)) {
      boolean isPassed =
          !stored
              .updates(inbound.referrer(), new AsOf(EffectiveTime.MAX, passed.consumed()))
              .isEmpty();
      if (isPassed && passed.masterDocument(inbound.referrer()).outbound().size() == 1) {
        assertThat(passed.referrers(record)).contains(inbound);
      }
    }
  }
}
