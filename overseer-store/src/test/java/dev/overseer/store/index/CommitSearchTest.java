package dev.overseer.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Lsn;
import dev.overseer.model.SourceName;
import dev.overseer.model.TransactionId;
import dev.overseer.store.index.CommitSearch.Found;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.MemoryLog;
import dev.overseer.store.log.ReadableLog;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two sources that are busy and silent by turns, in a log of many stretches. */
class CommitSearchTest {
  private static final SourceName BANK = new SourceName("bank");
  private static final SourceName SHOP = new SourceName("shop");
  private static final int RECORDS = 12_000;
  private static final Definitions NOTHING = new Definitions(List.of(), List.of());

  private final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(1, 2));
  private final KeyValueUpdateIndex index =
      KeyValueUpdateIndex.open(
          new MemoryStore(Durability.WRITTEN, KeyValueUpdateIndex.SPACES),
          NOTHING,
          IndexIdentity.of(log.identity(), NOTHING));
  private final TreeMap<LogOffset, LogRecord.Commit> stored = new TreeMap<>();
  private long read;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void the_last_commit_meant_is_that_of_reading_all_and_little_is_read_for_it(long seed) {
    Random random = new Random(seed);
    open(BANK);
    open(SHOP);
    fill(random);
    for (int i = 0; i < 500; i++) {
      LogOffset from = new LogOffset(random.nextLong(log.end().value()));
      LogOffset to = new LogOffset(from.value() + random.nextLong(RECORDS));
      LogOffset end = to.compareTo(log.end()) > 0 ? log.end() : to;
      CommitSearch search = new CommitSearch(index, counted(), BANK, from, end);
      EffectiveTime time = new EffectiveTime(random.nextLong(RECORDS));
      Predicate<LogRecord.Commit> upTo = commit -> !commit.effectiveTime().isAfter(time);

      read = 0;
      assertThat(search.last(upTo).map(Found::offset))
          .as("the last from %s to %s at or before %s", from, end, time)
          .isEqualTo(
              stored.subMap(from, end).entrySet().stream()
                  .filter(entry -> upTo.test(entry.getValue()))
                  .map(entry -> entry.getKey())
                  .reduce((_, last) -> last));
      assertThat(search.first().map(Found::offset))
          .isEqualTo(stored.subMap(from, end).keySet().stream().findFirst());
      assertThat(read).isLessThan(2 * Milestones.STRETCH_RECORDS + 100);
    }
  }

  private void fill(Random random) {
    SourceName busy = BANK;
    for (long time = 1; time < RECORDS; time++) {
      if (random.nextInt(1500) == 0) {
        busy = busy.equals(BANK) ? SHOP : BANK;
      }
      commit(busy, time);
      if (random.nextInt(300) == 0) {
        index();
      }
    }
    index();
  }

  private void open(SourceName source) {
    log.append(new LogRecord.SourceOpened(source, "postgres", new Incarnation("7", 1), 0));
  }

  private void commit(SourceName source, long time) {
    LogRecord.Commit commit =
        new LogRecord.Commit(
            source,
            new TransactionId(new Incarnation("7", 1), new Lsn(time)),
            new Lsn(time),
            time,
            log.appended(),
            0,
            Instant.EPOCH,
            new EffectiveTime(time),
            LogRecord.TimeBasis.COMMIT_TIME);
    LogOffset offset = log.append(commit);
    if (source.equals(BANK)) {
      stored.put(offset, commit);
    }
  }

  private void index() {
    log.sync();
    try (Indexer indexer =
        new Indexer(log, index, NOTHING, _ -> new TextFormat(), (_, _, _) -> {})) {
      while (indexer.step()) {}
    }
  }

  private ReadableLog<LogRecord> counted() {
    return new Counting();
  }

  /** The log, counting what is read of it. */
  private final class Counting implements ReadableLog<LogRecord> {
    @Override
    public UUID identity() {
      return log.identity();
    }

    @Override
    public LogOffset end() {
      return log.end();
    }

    @Override
    public LogRecord get(LogOffset offset) {
      read++;
      return log.get(offset);
    }

    @Override
    public LogReader<LogRecord> reader(LogOffset from) {
      LogReader<LogRecord> reader = log.reader(from);
      return new LogReader<>() {
        @Override
        public boolean next() {
          read++;
          return reader.next();
        }

        @Override
        public LogRecord record() {
          return reader.record();
        }

        @Override
        public LogOffset offset() {
          return reader.offset();
        }

        @Override
        public void close() {
          reader.close();
        }
      };
    }

    @Override
    public void close() {}
  }
}
