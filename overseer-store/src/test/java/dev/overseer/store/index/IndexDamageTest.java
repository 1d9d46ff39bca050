package dev.overseer.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.AsOf;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordKey;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.model.Unavailable;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.keyvalue.RocksSettings;
import dev.overseer.store.log.MemoryLog;
import dev.overseer.store.log.UpdateLogScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An index whose files are damaged by chance says what an index made of the log in one go says, or
 * that it is not available; then it is opened again, as the server does, and is made anew.
 */
class IndexDamageTest {
  private static final SourceName SHOP = new SourceName("shop");
  private static final TableName ORDERS = TableName.parse("public.orders");
  private static final ModelName ORDER = new ModelName("order");
  private static final int KEYS = 400;
  private static final int OPENINGS_MAX = 4;
  private static final int DAMAGES = Integer.getInteger("overseer.index.damages", 30);
  private static final Definitions DEFINITIONS =
      new Definitions(
          List.of(
              new ModelDefinition(
                  ORDER,
                  SHOP,
                  ORDERS,
                  List.of("id"),
                  Map.of(
                      new ReferenceName("before"),
                      ModelDefinition.ReferenceDefinition.of(ORDER, "before")))),
          List.of());
  private static final RocksSettings SETTINGS =
      RocksSettings.of(Durability.FLUSHED, KeyValueUpdateIndex.SPACES)
          .withBlockCacheBytes(1 << 20)
          .withWriteBufferBytes(64 << 10);

  @TempDir private Path temporary;
  private final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(1, 2));
  private final UpdateLogScript shop = new UpdateLogScript(log, "shop");
  private final List<String> distrusted = new ArrayList<>();
  private final List<SoundFile> sound = new ArrayList<>();
  private String expected = "";

  private record SoundFile(Path path, byte[] bytes) {}

  @BeforeEach
  void makeAnIndexOfManyFiles() throws IOException {
    Random random = new Random(1);
    shop.opened().schema("public.orders", "text");
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 200; i++) {
        String text = key(random.nextInt(KEYS)) + ">" + key(random.nextInt(KEYS));
        shop.change("public.orders", Operation.UPDATE, text).commit(round * 1000 + i);
      }
      log.sync();
      try (KeyValueUpdateIndex index = open()) {
        follow(index);
      }
    }
    for (Path file : files()) {
      sound.add(new SoundFile(file, Files.readAllBytes(file)));
    }
    try (UpdateIndex inMemory =
        KeyValueUpdateIndex.open(
            new MemoryStore(Durability.FLUSHED, KeyValueUpdateIndex.SPACES),
            DEFINITIONS,
            IndexIdentity.of(log.identity(), DEFINITIONS))) {
      follow(inMemory);
      expected = everything(inMemory);
    }
  }

  @AfterEach
  void nothingWasDistrustedForNothing() {
    assertThat(distrusted).isNotEmpty();
  }

  @Test
  void no_answer_comes_from_a_damaged_byte() throws IOException {
    Random random = new Random(2);
    for (int damage = 0; damage < DAMAGES; damage++) {
      restore();
      SoundFile file = sound.get(random.nextInt(sound.size()));
      byte[] bytes = file.bytes().clone();
      if (bytes.length > 0) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
        Files.write(file.path(), bytes);
        assertThat(askedUntilAvailable())
            .as("damage %d, in %s", damage, file.path())
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void no_answer_comes_from_an_index_that_lacks_a_file_or_its_end() throws IOException {
    Random random = new Random(3);
    for (SoundFile file : sound) {
      restore();
      Files.delete(file.path());
      assertThat(askedUntilAvailable()).as("without %s", file.path()).isEqualTo(expected);

      restore();
      byte[] bytes = file.bytes();
      Files.write(file.path(), Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
      assertThat(askedUntilAvailable()).as("a part of %s", file.path()).isEqualTo(expected);
    }
  }

  @Test
  void damage_that_is_found_while_the_index_is_in_use_is_found_again_by_nobody()
      throws IOException {
    try (KeyValueUpdateIndex index = open()) {
      for (SoundFile file : sound) {
        if (file.path().toString().endsWith(".sst")) {
          byte[] bytes = file.bytes().clone();
          Arrays.fill(bytes, 0, bytes.length / 2, (byte) 0x55);
          Files.write(file.path(), bytes);
        }
      }
      assertThat(isAvailable(index)).isFalse();
    }
    try (KeyValueUpdateIndex again = open()) {
      assertThat(distrusted).hasSize(1);
      follow(again);
      assertThat(everything(again)).isEqualTo(expected);
    }
  }

  private boolean isAvailable(UpdateIndex index) {
    try {
      everything(index);
      return true;
    } catch (Unavailable e) {
      return false;
    }
  }

  private String askedUntilAvailable() {
    for (int opening = 1; opening <= OPENINGS_MAX; opening++) {
      try (KeyValueUpdateIndex index = open()) {
        follow(index);
        return everything(index);
      } catch (Unavailable damaged) {
        assertThat(damaged).hasMessageContaining("made anew");
      }
    }
    throw new AssertionError("It is not available after all: " + distrusted);
  }

  private static String everything(UpdateIndex index) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < KEYS; i++) {
      RecordKey record = RecordKey.of(ORDER, key(i));
      Set<String> referrers = new TreeSet<>();
      index.referrers(record).forEach(it -> referrers.add(it.toString()));
      Set<?> outbound = new HashSet<>(index.masterDocument(record).outbound());
      text.append(record)
          .append(index.updates(record, AsOf.latest()))
          .append(referrers)
          .append(outbound.size())
          .append('\n');
    }
    return text.append(index.progress()).append(index.consumed()).toString();
  }

  private static String key(int number) {
    return number % 2 == 0 ? new UUID(number * 31L, number).toString() : "o" + number;
  }

  private void restore() throws IOException {
    for (Path file : files()) {
      Files.delete(file);
    }
    for (SoundFile file : sound) {
      Files.write(file.path(), file.bytes());
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(temporary)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private void follow(UpdateIndex index) {
    try (Indexer indexer =
        new Indexer(log, index, DEFINITIONS, _ -> new TextFormat(), (_, _, _) -> {})) {
      while (indexer.step()) {}
    }
  }

  private KeyValueUpdateIndex open() {
    return IndexDirectory.open(
        temporary.resolve("index"),
        SETTINGS,
        DEFINITIONS,
        IndexIdentity.of(log.identity(), DEFINITIONS),
        log.end(),
        distrusted::add);
  }
}
