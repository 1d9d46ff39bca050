package dev.overseer.runner;

import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.runner.SmallExchange.WITHDRAWALS;
import static dev.overseer.runner.Stand.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.overseer.checks.Check;
import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.runner.SmallExchange.Progress;
import dev.overseer.runner.judging.CheckCalls;
import dev.overseer.runner.judging.CheckThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bad checks beside good ones, checks that keep erring, and checks that somebody has paused. */
class ContainmentTest {
  private static final EffectiveTime BEGINNING = EffectiveTime.MIN;
  private static final Duration LOOK = Duration.ofMillis(2);
  private static final int WITHDRAWN = 100;

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicBoolean paused = new AtomicBoolean();
  private final AtomicBoolean broken = new AtomicBoolean(true);
  private final List<String> told = new ArrayList<>();
  private int withdrawn;

  @AfterEach
  void end() {
    release.countDown();
    executor.shutdownNow();
  }

  private final Supervision supervision =
      new Supervision() {
        @Override
        public boolean isPaused(CheckName check) {
          return paused.get();
        }

        @Override
        public boolean suspends() {
          return true;
        }

        @Override
        public Optional<String> suspension(CheckName check) {
          return !told.isEmpty() && told.getLast().equals("suspended " + check)
              ? Optional.of("it erred")
              : Optional.empty();
        }

        @Override
        public void suspended(CheckName check, String why) {
          told.add("suspended " + check);
        }

        @Override
        public void resumed(CheckName check, String why) {
          told.add("resumed " + check);
        }
      };

  private static CheckDeclaration<Progress> check(String name, Check<Progress> check) {
    return new CheckDeclaration<>(new CheckName(name), Progress.class, check)
        .timeout(Duration.ofMillis(20))
        .retries(1, Duration.ZERO);
  }

  private CheckDeclaration<Progress> brokenCheck() {
    return check(
        "broken",
        (view, judging) -> {
          if (broken.get()) {
            throw new IllegalStateException("no such luck");
          }
          return Outcome.passed();
        });
  }

  private Outcome never() {
    boolean released = false;
    while (!released) {
      try {
        release.await();
        released = true;
      } catch (InterruptedException deaf) {
        // That is what this one is about.
      }
    }
    return Outcome.passed();
  }

  private Outcome spin() {
    while (release.getCount() > 0) {
      Thread.onSpinWait();
    }
    return Outcome.passed();
  }

  private static Outcome recurse(int depth) {
    return depth < 0 ? Outcome.passed() : recurse(depth + 1);
  }

  private Stand stand(CheckDeclaration<?>... checks) {
    Stand stand = new Stand(checks);
    stand.supervision = supervision;
    stand.runner = stand.runner(BEGINNING, checks);
    return stand;
  }

  private Stand withThreads(CheckDeclaration<?>... checks) {
    Stand stand = new Stand(checks);
    AtomicLong nanos = new AtomicLong();
    stand.calls =
        new CheckThreads(
                executor, executor, () -> nanos.addAndGet(10_000_000), () -> 0, _ -> 0, _ -> {})
            ::callsOf;
    stand.supervision = supervision;
    stand.runner = stand.runner(BEGINNING, checks);
    return stand;
  }

  private void withdraw(Stand stand, int count) {
    for (int i = 0; i < count; i++) {
      withdrawn++;
      stand.payments.commit(
          seconds(10 + withdrawn), insert(WITHDRAWALS, Integer.toString(withdrawn), "5", "new"));
    }
    stand.mark(20 + withdrawn);
  }

  private static List<Verdict> of(String check, List<Verdict> verdicts) {
    return verdicts.stream().filter(it -> it.check().value().equals(check)).toList();
  }

  @Test
  void a_good_check_is_judged_to_the_end_beside_bad_ones() {
    Stand stand =
        withThreads(
            check("deaf", (view, judging) -> never()),
            check("spinning", (view, judging) -> spin()),
            check("recursing", (view, judging) -> recurse(0)),
            check("greedy", (view, judging) -> Outcome.failed("", "" + new long[1 << 30].length)),
            check("good", (view, judging) -> Outcome.passed()));
    withdraw(stand, WITHDRAWN);

    List<Verdict> verdicts = new ArrayList<>();
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(LOOK)
        .untilAsserted(
            () -> {
              verdicts.addAll(stand.run());
              assertThat(of("good", verdicts)).hasSize(WITHDRAWN);
              assertThat(told).contains("suspended deaf", "suspended spinning");
              assertThat(of("deaf", verdicts)).hasSize(2);
              assertThat(of("spinning", verdicts)).hasSize(2);
            });
    assertThat(verdicts.stream().filter(it -> !it.check().value().equals("good")))
        .allSatisfy(it -> assertThat(it.outcome()).isInstanceOf(Outcome.Errored.class));
  }

  @Test
  void what_was_in_flight_at_a_crash_is_judged_after_it_and_covered_only_then() {
    CheckDeclaration<Progress> deaf = check("deaf", (view, judging) -> never());
    Stand stand = withThreads(deaf.timeout(Duration.ofDays(1)));
    withdraw(stand, 3);
    assertThat(stand.run()).isEmpty();
    assertThat(stand.coverage().upTo()).isEqualTo(new EffectiveTime(seconds(11)).previous());
    assertThat(stand.coverage().dueButStale()).isEqualTo(3);

    stand.calls = CheckCalls::direct;
    release.countDown();
    stand.crash(BEGINNING, deaf);
    assertThat(stand.run()).hasSize(3);
  }

  @Test
  void a_check_that_keeps_erring_is_probed_until_it_judges_well_and_nothing_of_it_is_lost() {
    Stand stand = stand(brokenCheck());
    withdraw(stand, CheckGate.IN_A_ROW_MAX);
    assertThat(stand.run()).hasSize(CheckGate.IN_A_ROW_MAX);
    assertThat(told).containsExactly("suspended broken");

    withdraw(stand, 10);
    assertThat(stand.run()).isEmpty();
    stand.clock.pass(CheckGate.PROBE_AFTER_MIN);
    assertThat(stand.run()).as("a probe").hasSize(1);
    stand.clock.pass(CheckGate.PROBE_AFTER_MIN);
    assertThat(stand.run()).as("the next is farther away").isEmpty();

    broken.set(false);
    stand.clock.pass(CheckGate.PROBE_AFTER_MIN);
    assertThat(stand.run()).hasSize(9);
    assertThat(told).containsExactly("suspended broken", "resumed broken");
    assertThat(stand.runner.suspended()).isEmpty();
  }

  @Test
  void a_check_that_was_suspended_is_so_after_a_crash_and_tried_with_one_judgement() {
    Stand stand = stand(brokenCheck());
    withdraw(stand, CheckGate.IN_A_ROW_MAX);
    stand.run();
    stand.crash(BEGINNING, brokenCheck());
    withdraw(stand, 10);
    assertThat(stand.run()).isEmpty();
    assertThat(stand.runner.suspended())
        .singleElement()
        .extracting(Suspended::why)
        .isEqualTo("it erred");

    broken.set(false);
    stand.clock.pass(CheckGate.PROBE_AFTER_MIN);
    assertThat(stand.run()).hasSizeGreaterThanOrEqualTo(10);
    assertThat(told).containsExactly("suspended broken", "resumed broken");
  }

  @Test
  void somebody_may_end_a_suspension() {
    Stand stand = stand(brokenCheck());
    withdraw(stand, CheckGate.IN_A_ROW_MAX);
    stand.run();
    assertThat(stand.runner.suspended()).hasSize(1);

    broken.set(false);
    stand.runner.resume(new CheckName("broken"), "ann had it go on");
    withdraw(stand, 5);
    assertThat(stand.run()).hasSize(5);
  }

  @Test
  void while_a_check_is_paused_its_triggers_wait_and_its_coverage_stands() {
    Stand stand = stand(check("good", (view, judging) -> Outcome.passed()));
    withdraw(stand, 1);
    assertThat(stand.run()).hasSize(1);
    paused.set(true);
    withdraw(stand, 5);
    assertThat(stand.run()).isEmpty();
    assertThat(stand.coverage().upTo()).isEqualTo(new EffectiveTime(seconds(12)).previous());

    paused.set(false);
    assertThat(stand.run()).hasSize(5);
  }
}
