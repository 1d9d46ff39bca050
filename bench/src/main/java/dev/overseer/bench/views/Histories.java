package dev.overseer.bench.views;

import dev.overseer.bench.log.GeneratedUpdates;
import dev.overseer.bench.log.LogUnderTest;
import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Direction;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.model.ViewName;
import dev.overseer.views.StoredViews;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Records of all kinds in one log and its index, each update in a transaction and at a time of its
 * own. All of them fit into the caches.
 */
final class Histories implements AutoCloseable {
  private static final long CACHE_BYTES = 192 << 20;

  private static final ViewDefinition VIEW =
      new ViewDefinition(
          new ViewName("entries-of-withdrawal"),
          GeneratedUpdates.WITHDRAWAL,
          true,
          List.of(
              new Join(
                  "entries",
                  GeneratedUpdates.ENTRY,
                  GeneratedUpdates.WITHDRAWAL.value(),
                  GeneratedUpdates.REFERENCE,
                  Direction.MEMBER_TO_PARENT,
                  true)));

  private final LogUnderTest log = new LogUnderTest(CACHE_BYTES, _ -> {});
  private final StoredViews views;
  private final Map<Kind, History> histories = new EnumMap<>(Kind.class);

  /**
   * The records of one kind.
   *
   * @param first the time of the first update
   * @param last that of the last
   */
  record History(Kind kind, GeneratedUpdates updates, long first, long last) {

    /** How many records a read finds. */
    int found() {
      return kind.isView() ? (int) updates.records() : 1;
    }

    /** A time at which every record has been seen. */
    long anyTime(Random random) {
      long whole = first + updates.records();
      return whole + random.nextLong(Math.max(1, last - whole + 1));
    }

    long timeOf(long number) {
      return first + number;
    }

    long count() {
      return last - first + 1;
    }
  }

  /**
   * @param part one in how many of the updates is enough
   */
  Histories(int part) {
    for (Kind kind : Kind.values()) {
      histories.put(kind, write(kind, part));
    }
    log.awaitQuiet();
    views = log.views();
  }

  private History write(Kind kind, int part) {
    int records = Math.max(1, kind.records / part);
    GeneratedUpdates updates =
        new GeneratedUpdates(kind.firstRecord(), records, kind.membersPerView);
    long first = log.lastTime() + 1;
    long count = (long) kind.records * kind.updatesPerRecord / part;
    for (long number = 0; number < count; number++) {
      log.append(updates, number, 1);
    }
    return new History(kind, updates, first, log.lastTime());
  }

  History of(Kind kind) {
    return Objects.requireNonNull(histories.get(kind));
  }

  LogUnderTest log() {
    return log;
  }

  /** Reads one record, or one view, by chance and as of any time; it must be there. */
  void read(History history, Random random) {
    AsOf asOf = AsOf.at(new EffectiveTime(history.anyTime(random)));
    if (history.kind().isView()) {
      RecordKey root = history.updates().reference(0).target();
      int members =
          views.viewAsOf(VIEW, root, asOf).members().getOrDefault("entries", List.of()).size();
      require(members == history.found(), "%d members".formatted(members));
    } else {
      long record = random.nextLong(history.updates().records());
      RecordState state = views.stateAsOf(history.updates().record(record), asOf);
      require(state instanceof RecordState.Present, state.toString());
    }
  }

  static void require(boolean isSo, String found) {
    if (!isSo) {
      throw new IllegalStateException(
          "The bench read something else than it had written: " + found);
    }
  }

  @Override
  public void close() {
    log.close();
  }
}
