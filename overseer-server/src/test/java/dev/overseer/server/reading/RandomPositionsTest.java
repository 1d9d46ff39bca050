package dev.overseer.server.reading;

import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.server.reading.SampleLog.ENTRIES;
import static dev.overseer.server.reading.SampleLog.WITHDRAWALS;
import static dev.overseer.server.reading.SampleLog.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Lsn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two sources, one of which fails over again and again, read by positions at random, and compared
 * with lists of what was committed.
 */
class RandomPositionsTest {
  /** Of another source than the positions. */
  private static final Question ENTRY = Question.latest("ledger-entry", "0");

  private final SampleLog sample = new SampleLog();
  private final List<Timeline> timelines = new ArrayList<>();
  private long time = 1;

  /**
   * @param fork the last position that it has in common with the one before it; 0 of the first
   * @param own what was committed on it
   */
  private record Timeline(long fork, List<Committed> own) {}

  private record Committed(LogOffset offset, int timeline, long position, long time) {

    String id() {
      return "fixture/%d@%s".formatted(timeline, new Lsn(position));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void a_position_is_the_last_transaction_before_it_in_the_only_history_that_has_it(long seed) {
    Random random = new Random(seed);
    timelines.add(new Timeline(0, new ArrayList<>()));
    sample.ledger.commit(at(time), insert(ENTRIES, "0", "0", "1"));
    commit("0");
    for (int i = 1; i < 60; i++) {
      time += random.nextInt(2);
      switch (random.nextInt(12)) {
        case 0 -> fork(random.nextInt(3));
        case 1, 2, 3 -> sample.ledger.commit(at(time), insert(ENTRIES, "" + i, "0", "1"));
        default -> commit("" + i);
      }
    }
    sample.payments.mark(at(++time));
    Readings readings = sample.readings();
    long greatest = sample.payments.position().value();

    for (int i = 0; i < 300; i++) {
      Lsn position = new Lsn(1000 + random.nextLong(greatest - 900));
      int timeline = random.nextInt(timelines.size() + 1);
      String asked = timeline == 0 ? "" : "/" + timeline;
      assertThat(answer(readings, "payments" + asked + "@" + position))
          .as("%s on timeline %s", position, timeline)
          .isEqualTo(expected(position.value(), timeline).map(RandomPositionsTest::id));
    }
  }

  private void commit(String key) {
    LogOffset offset = sample.payments.commit(at(time), insert(WITHDRAWALS, key, "1", "s", "n"));
    long position = sample.payments.position().value();
    timelines.getLast().own().add(new Committed(offset, timelines.size(), position, time));
  }

  private void fork(int disowned) {
    List<Committed> own = timelines.getLast().own();
    int kept = Math.max(0, own.size() - disowned);
    LogOffset first = kept == own.size() ? sample.here() : own.get(kept).offset();
    time++;
    sample.payments.forked(first, at(time));
    timelines.add(new Timeline(sample.payments.position().value(), new ArrayList<>()));
  }

  private static Optional<String> answer(Readings readings, String asOf) {
    try {
      return readings
          .record(ENTRY.asOf(asOf))
          .standing()
          .position()
          .map(position -> position.transaction() + " " + position.through());
    } catch (InvalidRequest refused) {
      return Optional.empty();
    }
  }

  private static String id(List<Committed> found) {
    Committed last = found.getLast();
    return found.getFirst().id()
        + " "
        + (found.size() == 1 ? Optional.empty() : Optional.of(last.id()));
  }

  /** The transaction and all that cannot be told from it. */
  private Optional<List<Committed>> expected(long position, int timeline) {
    List<Integer> meant =
        IntStream.rangeClosed(1, timelines.size())
            .filter(it -> timeline == 0 || it == timeline)
            .filter(it -> position <= last(it))
            .filter(it -> position >= (timeline == 0 ? first(it) : first(1)))
            .boxed()
            .toList();
    return meant.size() == 1
        ? history(meant.getFirst()).stream()
            .filter(it -> it.position() <= position)
            .reduce((_, later) -> later)
            .map(this::alike)
        : Optional.empty();
  }

  private List<Committed> alike(Committed found) {
    return timelines.stream()
        .flatMap(it -> it.own().stream())
        .filter(it -> it.time() == found.time() && it.offset().compareTo(found.offset()) >= 0)
        .toList();
  }

  private List<Committed> history(int timeline) {
    Timeline it = timelines.get(timeline - 1);
    List<Committed> history = new ArrayList<>();
    if (timeline > 1) {
      history(timeline - 1).stream()
          .filter(before -> before.position() <= it.fork())
          .forEach(history::add);
    }
    history.addAll(it.own());
    return history;
  }

  private long first(int timeline) {
    Timeline it = timelines.get(timeline - 1);
    return timeline == 1 ? it.own().getFirst().position() : it.fork() + 1;
  }

  /** Up to where it was read: the last transaction's end, or the mark at the end of all. */
  private long last(int timeline) {
    if (timeline == timelines.size()) {
      return sample.payments.position().value();
    }
    Timeline it = timelines.get(timeline - 1);
    return it.own().isEmpty() ? it.fork() : it.own().getLast().position() + 48;
  }
}
