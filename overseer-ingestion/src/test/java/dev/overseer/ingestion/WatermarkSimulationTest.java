package dev.overseer.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogRecord.TimeBasis;
import dev.overseer.model.Lsn;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A small model of a Postgres, whose committers are held up between stamp and write and between
 * write and end, and of a stream that lags: whatever the schedule, no transaction takes effect
 * below a watermark that was told before it.
 */
class WatermarkSimulationTest {
  private static final long SLACK_MICROS = 250_000;
  private static final long NO_SLACK_HELPS = Long.MAX_VALUE / 4;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void commits_held_up_for_less_than_the_slack_are_never_clamped(long seed) {
    Model model = new Model(seed, SLACK_MICROS, 200_000);

    model.run();

    assertThat(model.clamped).as("seed %d", seed).isZero();
    assertThat(model.marks).as("seed %d", seed).isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void marks_that_need_no_slack_are_true_however_long_commits_are_held_up(long seed) {
    Model model = new Model(seed, NO_SLACK_HELPS, 5_000_000);

    model.run();

    assertThat(model.clamped).as("seed %d", seed).isZero();
    assertThat(model.marks).as("seed %d", seed).isGreaterThan(10);
  }

  @Test
  void commits_held_up_for_longer_than_the_slack_are_held_to_the_mark() {
    Model model = new Model(1, 50_000, 5_000_000);

    model.run();

    assertThat(model.clamped).isPositive();
  }

  private static final class Model {
    private static final Incarnation INCARNATION = new Incarnation("model", 1);
    private static final int STEPS = 20_000;

    private final SplittableRandom random;
    private final long heldUpMax;
    private final HandClock now = new HandClock();
    private final EffectiveClock clock =
        new EffectiveClock(
            Duration.ZERO, Duration.ofSeconds(10), now, EffectiveTime.MIN, EffectiveTime.MIN);
    private final MarkProbes probes;
    private final TreeSet<Long> inProgress = new TreeSet<>();
    private final List<Committer> committers = new ArrayList<>();
    private final Deque<Written> unsent = new ArrayDeque<>();
    private long nextXid = 100;
    private long logEnd = 1;
    private long sent = 1;
    private long probeClock;
    private long[] probeSnapshot = new long[0];
    private int probePhase;
    long clamped;
    long marks;

    /** Which of its steps a transaction takes next, and when. */
    private static final class Committer {
      final long xid;
      long stamp;
      int phase;
      long due;

      Committer(long xid, long due) {
        this.xid = xid;
        this.due = due;
      }
    }

    private record Written(long position, long stamp) {}

    Model(long seed, long slackMicros, long heldUpMax) {
      this.random = new SplittableRandom(seed);
      this.heldUpMax = heldUpMax;
      this.probes = new MarkProbes(slackMicros);
    }

    void run() {
      for (int i = 0; i < STEPS; i++) {
        now.advance(Duration.ofNanos(1000 * random.nextLong(5_000)));
        switch (random.nextInt(6)) {
          case 0 -> begin();
          case 1, 2 -> commit();
          case 3 -> probe();
          case 4, 5 -> stream();
          default -> throw new AssertionError();
        }
      }
    }

    private void begin() {
      boolean busy = (now.micros() / 10_000_000) % 2 == 0;
      if (busy && committers.size() < 5) {
        committers.add(new Committer(nextXid, now.micros() + random.nextLong(20_000)));
        inProgress.add(nextXid++);
      }
    }

    private void commit() {
      for (Committer committer : List.copyOf(committers)) {
        if (committer.due <= now.micros()) {
          advance(committer);
        }
      }
    }

    private void advance(Committer committer) {
      committer.due = now.micros();
      switch (committer.phase++) {
        case 0 -> {
          committer.stamp = now.micros();
          committer.due += random.nextLong(heldUpMax) - 30_000;
        }
        case 1 -> {
          unsent.add(new Written(logEnd, committer.stamp));
          logEnd += 10;
          committer.due += random.nextLong(heldUpMax);
        }
        default -> {
          inProgress.remove(committer.xid);
          committers.remove(committer);
        }
      }
    }

    /** The three readings of a probe, with anything at all in between. */
    private void probe() {
      switch (probePhase++) {
        case 0 -> probeClock = now.micros();
        case 1 -> probeSnapshot = inProgress.stream().mapToLong(Long::longValue).toArray();
        default -> {
          probes.add(new Probe(INCARNATION, probeClock, new Lsn(logEnd), probeSnapshot));
          probePhase = 0;
        }
      }
    }

    private void stream() {
      long until = random.nextInt(20) == 0 ? logEnd : Math.min(logEnd, sent + random.nextInt(30));
      while (!unsent.isEmpty() && unsent.getFirst().position() < until) {
        Written written = unsent.removeFirst();
        EffectiveTime told = clock.watermark();
        EffectiveClock.Stamp stamp = clock.stamp(written.stamp());
        assertThat(stamp.time()).isGreaterThanOrEqualTo(told);
        clamped += stamp.basis() == TimeBasis.MARK ? 1 : 0;
      }
      sent = until;
      OptionalLong proven = probes.proven(new Lsn(sent));
      if (proven.isPresent() && clock.mark(proven.getAsLong()).isPresent()) {
        marks++;
      }
    }
  }
}
