package dev.overseer.store.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.AsOf;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordKey;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.keyvalue.RocksSettings;
import dev.overseer.store.log.MemoryLog;
import dev.overseer.store.log.UpdateLogScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index on disk, compared with one in memory that read the log in one go. */
class IndexDirectoryTest {
  private static final SourceName BANK = new SourceName("bank");
  private static final SourceName SHOP = new SourceName("shop");
  private static final TableName ACCOUNTS = TableName.parse("public.accounts");
  private static final TableName ORDERS = TableName.parse("public.orders");
  private static final ModelName ACCOUNT = new ModelName("account");
  private static final ModelName ORDER = new ModelName("order");
  private static final int KEYS = 12;
  private static final Definitions DEFINITIONS =
      new Definitions(
          List.of(
              new ModelDefinition(ACCOUNT, BANK, ACCOUNTS, List.of("id"), Map.of()),
              new ModelDefinition(
                  ORDER,
                  SHOP,
                  ORDERS,
                  List.of("id"),
                  Map.of(
                      new ReferenceName("account"),
                      ModelDefinition.ReferenceDefinition.of(ACCOUNT, "account")))),
          List.of());
  private static final RocksSettings SETTINGS =
      RocksSettings.of(Durability.FLUSHED, KeyValueUpdateIndex.SPACES)
          .withBlockCacheBytes(1 << 20)
          .withWriteBufferBytes(1 << 20);

  @TempDir private Path temporary;
  private final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(1, 2));
  private final UpdateLogScript bank = new UpdateLogScript(log, "bank");
  private final UpdateLogScript shop = new UpdateLogScript(log, "shop");
  private final List<String> madeAnew = new ArrayList<>();
  private long time;

  @Test
  void an_index_that_followed_the_log_equals_one_that_read_it_in_one_go() throws IOException {
    Random random = new Random(5);
    openSources();
    try (KeyValueUpdateIndex live = open("live")) {
      for (int round = 0; round < 40; round++) {
        write(random, 20);
        follow(live);
        assertSame(live, random);
      }
    }
    try (KeyValueUpdateIndex again = open("live")) {
      assertThat(again.consumed()).isEqualTo(log.end());
      assertSame(again, random);
    }
    delete(generation("live"));
    try (KeyValueUpdateIndex rebuilt = open("live")) {
      assertThat(rebuilt.consumed()).isEqualTo(LogOffset.ZERO);
      follow(rebuilt);
      assertSame(rebuilt, random);
    }
    assertThat(madeAnew).isEmpty();
  }

  @Test
  void a_killed_process_leaves_an_older_index_that_catches_up() throws IOException {
    Random random = new Random(6);
    openSources();
    Path copy = temporary.resolve("killed");
    try (KeyValueUpdateIndex live = open("live")) {
      write(random, 300);
      follow(live);
      Files.createDirectories(copy.resolve(generation("live").getFileName()));
      for (Path file : files(generation("live"))) {
        Files.copy(file, copy.resolve(temporary.resolve("live").relativize(file)));
      }
    }
    try (KeyValueUpdateIndex killed = open("killed")) {
      assertThat(killed.consumed()).isLessThan(log.end());
      follow(killed);
      assertSame(killed, random);
    }
    assertThat(madeAnew).isEmpty();
  }

  @Test
  void what_cannot_be_trusted_is_made_anew() throws IOException {
    openSources();
    write(new Random(7), 50);
    try (KeyValueUpdateIndex index = open("index")) {
      follow(index);
    }
    IndexIdentity identity = IndexIdentity.of(log.identity(), DEFINITIONS);
    try (KeyValueUpdateIndex ahead = open("index", identity, LogOffset.ZERO)) {
      assertThat(madeAnew.getLast()).contains("but the log has 0");
      follow(ahead);
    }
    Files.writeString(generation("index").resolve("CURRENT"), "MANIFEST-999999\n");
    try (KeyValueUpdateIndex damaged = open("index")) {
      assertThat(madeAnew.getLast()).contains("cannot be opened");
      follow(damaged);
      assertSame(damaged, new Random(8));
    }
    Files.delete(generation("index").resolve("CURRENT"));
    try (KeyValueUpdateIndex beheaded = open("index")) {
      assertThat(madeAnew.getLast()).contains("CURRENT is missing");
      follow(beheaded);
      assertSame(beheaded, new Random(8));
    }
    assertThat(madeAnew).hasSize(3);
  }

  @Test
  void an_index_of_other_models_is_begun_beside_the_one_there_was() throws IOException {
    openSources();
    write(new Random(7), 50);
    try (KeyValueUpdateIndex index = open("index")) {
      follow(index);
    }
    Path old = generation("index");
    IndexIdentity other = new IndexIdentity(IndexIdentity.FORM, log.identity(), "others");
    try (KeyValueUpdateIndex begun = open("index", other, log.end())) {
      assertThat(begun.consumed()).isEqualTo(LogOffset.ZERO);
    }
    try (KeyValueUpdateIndex asBefore = open("index")) {
      assertThat(asBefore.consumed()).isEqualTo(log.end());
    }
    Files.writeString(old.resolveSibling("000007.sst"), "of an index from before");
    IndexDirectory.removeOthers(temporary.resolve("index"), other);

    assertThat(old).doesNotExist();
    assertThat(generation("index")).hasFileName(other.generation());
    assertThat(madeAnew).isEmpty();
  }

  @Test
  void a_directory_that_holds_something_else_is_not_deleted() throws IOException {
    open("index").close();
    Path something = generation("index").resolve("updates");
    Files.createDirectories(something);
    Files.delete(generation("index").resolve("CURRENT"));

    assertThatThrownBy(() -> open("index"))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("holds the directory");
    assertThat(something).exists();
  }

  @Test
  void an_index_in_use_is_not_deleted() {
    try (KeyValueUpdateIndex first = open("index")) {
      assertThatThrownBy(() -> open("index"))
          .isInstanceOf(InvalidRequest.class)
          .hasMessageContaining("in use");
      assertThat(first.consumed()).isEqualTo(LogOffset.ZERO);
    }
  }

  @Test
  void a_transaction_of_many_changes_is_indexed_whole() {
    openSources();
    for (int i = 0; i < 50_000; i++) {
      shop.change("public.orders", Operation.INSERT, "o" + i + ">a" + i % 7);
    }
    shop.commit(10);
    log.sync();

    try (KeyValueUpdateIndex index = open("index")) {
      follow(index);
      assertThat(index.consumed()).isEqualTo(log.end());
      for (int i : new int[] {0, 19_999, 20_000, 49_999}) {
        assertThat(index.updates(RecordKey.of(ORDER, "o" + i), AsOf.latest())).hasSize(1);
      }
      assertThat(index.referrers(RecordKey.of(ACCOUNT, "a3"))).hasSize(7143);
    }
  }

  private void openSources() {
    bank.opened().schema("public.accounts", "text");
    shop.opened().schema("public.orders", "text").schema("public.unmodelled", "text");
    log.sync();
  }

  /** Transactions of both sources interleave, and times are often equal. */
  private void write(Random random, int transactions) {
    for (int i = 0; i < transactions; i++) {
      boolean ofShop = random.nextBoolean();
      UpdateLogScript source = ofShop ? shop : bank;
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        source.change(
            ofShop ? "public.orders" : "public.accounts", operation(random), raw(random, ofShop));
        if (random.nextInt(3) == 0) {
          shop.change("public.unmodelled", Operation.INSERT, "u");
        }
      }
      time += random.nextInt(2);
      source.commit(time);
    }
    log.sync();
  }

  private static Operation operation(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> Operation.DELETE;
      case 1 -> Operation.TRUNCATE;
      case 2, 3 -> Operation.INSERT;
      default -> Operation.UPDATE;
    };
  }

  private static String raw(Random random, boolean ofShop) {
    String key = key(ofShop, random.nextInt(KEYS));
    String previous = random.nextInt(6) == 0 ? key(ofShop, random.nextInt(KEYS)) + "=" : "";
    return previous + key + (ofShop ? ">" + key(false, random.nextInt(KEYS)) : "");
  }

  /** Some keys are UUIDs, some hold what separates keys. */
  private static String key(boolean ofShop, int number) {
    String prefix = ofShop ? "o" : "a";
    return switch (number % 3) {
      case 0 -> new UUID(ofShop ? 1 : 2, number).toString();
      case 1 -> prefix + "\0" + number;
      default -> prefix + number;
    };
  }

  private void assertSame(UpdateIndex index, Random random) {
    UpdateIndex expected =
        KeyValueUpdateIndex.open(
            new MemoryStore(Durability.FLUSHED, KeyValueUpdateIndex.SPACES),
            DEFINITIONS,
            IndexIdentity.of(log.identity(), DEFINITIONS));
    follow(expected);
    AsOf then =
        new AsOf(
            new EffectiveTime(random.nextLong(time + 2)),
            new LogOffset(random.nextLong(log.end().value() + 1)));
    for (AsOf asOf : List.of(AsOf.latest(), then, AsOf.at(then.cut()))) {
      for (int i = 0; i < KEYS; i++) {
        for (RecordKey record :
            List.of(RecordKey.of(ACCOUNT, key(false, i)), RecordKey.of(ORDER, key(true, i)))) {
          assertThat(index.updates(record, asOf)).isEqualTo(expected.updates(record, asOf));
          assertThat(Set.copyOf(index.referrers(record)))
              .isEqualTo(Set.copyOf(expected.referrers(record)));
          assertThat(new HashSet<>(index.masterDocument(record).outbound()))
              .isEqualTo(new HashSet<>(expected.masterDocument(record).outbound()));
        }
      }
      assertThat(index.truncations(SHOP, ORDERS, asOf))
          .isEqualTo(expected.truncations(SHOP, ORDERS, asOf));
      assertThat(index.truncations(BANK, ACCOUNTS, asOf))
          .isEqualTo(expected.truncations(BANK, ACCOUNTS, asOf));
    }
    assertThat(index.progress()).isEqualTo(expected.progress());
  }

  private void follow(UpdateIndex index) {
    try (Indexer indexer =
        new Indexer(log, index, DEFINITIONS, _ -> new TextFormat(), (_, _, _) -> {})) {
      while (indexer.step()) {}
    }
  }

  @Test
  void an_index_is_read_as_it_was_left_and_only_if_it_is_of_these_models() {
    openSources();
    Random random = new Random(7);
    assertThat(openReadOnly("left", log.end())).isEmpty();
    try (KeyValueUpdateIndex written = open("left")) {
      write(random, 20);
      follow(written);
    }
    try (KeyValueUpdateIndex read = openReadOnly("left", log.end()).orElseThrow()) {
      assertThat(read.consumed()).isEqualTo(log.end());
      assertSame(read, random);
    }
    assertThat(openReadOnly("left", LogOffset.ZERO)).as("ahead of the log").isEmpty();
  }

  private Optional<KeyValueUpdateIndex> openReadOnly(String name, LogOffset end) {
    return IndexDirectory.openReadOnly(
        temporary.resolve(name),
        SETTINGS,
        DEFINITIONS,
        IndexIdentity.of(log.identity(), DEFINITIONS),
        end);
  }

  private KeyValueUpdateIndex open(String name) {
    return open(name, IndexIdentity.of(log.identity(), DEFINITIONS), log.end());
  }

  private KeyValueUpdateIndex open(String name, IndexIdentity identity, LogOffset end) {
    return IndexDirectory.open(
        temporary.resolve(name), SETTINGS, DEFINITIONS, identity, end, madeAnew::add);
  }

  /** The only one. */
  private Path generation(String name) throws IOException {
    List<Path> generations = files(temporary.resolve(name));
    assertThat(generations).hasSize(1);
    return generations.getFirst();
  }

  private static void delete(Path directory) throws IOException {
    for (Path file : files(directory)) {
      Files.delete(file);
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }
}
