package dev.overseer.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.Definitions;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.log.MemoryLog;
import dev.overseer.store.log.UpdateLogScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far the sources have come, known without an index. */
class ProgressPointTest {
  private static final Definitions DEFINITIONS =
      new Definitions(
          List.of(
              new ModelDefinition(
                  new ModelName("order"),
                  new SourceName("shop"),
                  TableName.parse("public.orders"),
                  List.of("id"),
                  Map.of())),
          List.of());

  @TempDir private Path directory;
  private final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(1, 2));
  private final UpdateLogScript shop = new UpdateLogScript(log, "shop");
  private final UpdateLogScript bank = new UpdateLogScript(log, "bank");

  @Test
  void sources_go_on_from_where_an_index_would_tell_them_to_wherever_the_reading_began() {
    writeTheLog();
    ProgressPoint expected = indexed();
    assertThat(expected.sources()).hasSize(2);
    for (long from = 0; from <= log.end().value(); from++) {
      LogOffset middle = new LogOffset(from);
      ProgressPoint point = indexedUpTo(middle);
      assertThat(atEnd(point)).as("from %s", middle).isEqualTo(expected);
    }
  }

  @Test
  void what_was_kept_is_found_again_for_its_log_alone() {
    writeTheLog();
    ProgressPoint point = indexed();
    ProgressFile file = new ProgressFile(directory);
    assertThat(file.find(log.identity(), log.end())).isEmpty();

    file.keep(log.identity(), ProgressPoint.BEGINNING);
    file.keep(log.identity(), point);
    assertThat(file.find(log.identity(), log.end())).contains(point);
    assertThat(file.find()).contains(point);
    assertThat(file.find(new UUID(3, 3), log.end())).isEmpty();
    assertThat(file.find(log.identity(), new LogOffset(log.end().value() - 1))).isEmpty();
  }

  @Test
  void no_damaged_byte_of_what_was_kept_counts() throws IOException {
    writeTheLog();
    ProgressFile file = new ProgressFile(directory);
    file.keep(log.identity(), indexed());
    Path kept = directory.resolve("progress");
    byte[] sound = Files.readAllBytes(kept);
    for (int at = 0; at < sound.length; at++) {
      byte[] damaged = sound.clone();
      damaged[at] ^= (byte) (1 + at % 255);
      Files.write(kept, damaged);
      assertThat(file.find()).as("byte %d", at).isEmpty();
      Files.write(kept, Arrays.copyOf(sound, at));
      assertThat(file.find()).as("%d bytes", at).isEmpty();
    }
  }

  /** With a change that cannot be decoded, which leaves its table unknown. */
  private void writeTheLog() {
    shop.opened().schema("public.orders", "text").known("public.orders", 1);
    bank.opened().mark(3);
    shop.change("public.orders", Operation.INSERT, "a").commit(5);
    bank.mark(6);
    shop.change("public.orders", Operation.INSERT, "b?").commit(7);
    shop.deadLetter("c").commit(9);
    shop.known("public.orders", 10).change("public.orders", Operation.UPDATE, "a").commit(11);
    bank.mark(12);
    log.sync();
  }

  private ProgressPoint atEnd(ProgressPoint from) {
    return from.atEnd(log, DEFINITIONS, _ -> new TextFormat());
  }

  private ProgressPoint indexed() {
    KeyValueUpdateIndex index =
        KeyValueUpdateIndex.open(
            new MemoryStore(Durability.FLUSHED, KeyValueUpdateIndex.SPACES),
            DEFINITIONS,
            IndexIdentity.of(log.identity(), DEFINITIONS));
    try (Indexer indexer =
        new Indexer(log, index, DEFINITIONS, _ -> new TextFormat(), (_, _, _) -> {})) {
      while (indexer.step()) {}
    }
    return ProgressPoint.of(index);
  }

  /** As it was when the log had no more than that. */
  private ProgressPoint indexedUpTo(LogOffset end) {
    MemoryLog<LogRecord> shorter = new MemoryLog<>(log.identity());
    try (var reader = log.reader(LogOffset.ZERO)) {
      while (reader.next() && reader.offset().compareTo(end) < 0) {
        shorter.append(reader.record());
      }
    }
    shorter.sync();
    return ProgressPoint.BEGINNING.atEnd(shorter, DEFINITIONS, _ -> new TextFormat());
  }
}
