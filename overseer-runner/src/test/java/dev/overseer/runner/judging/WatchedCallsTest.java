package dev.overseer.runner.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.overseer.checks.CheckLimits;
import dev.overseer.runner.judging.CheckCalls.Called;
import dev.overseer.views.UnknownValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Time passes only where a test says so, so that no machine is too slow for it. */
class WatchedCallsTest {
  private static final Duration LOOK = Duration.ofMillis(2);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration BACKOFF = Duration.ofMillis(100);
  private static final CheckLimits ONCE = limits(1, 1);

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final HandNanos nanos = new HandNanos();
  private final AtomicLong allocated = new AtomicLong();
  private final AtomicLong cpuNanos = new AtomicLong();
  private final AtomicInteger heavy = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final Set<Long> leftBehind = ConcurrentHashMap.newKeySet();
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void end() {
    release.countDown();
    executor.shutdownNow();
  }

  private static CheckLimits limits(int concurrency, int attempts) {
    return new CheckLimits(TIMEOUT, concurrency, attempts, BACKOFF, 1000);
  }

  private WatchedCalls calls(CheckLimits limits) {
    return new WatchedCalls("tested", limits, threads());
  }

  private CheckThreads threads() {
    return new CheckThreads(
        this::execute,
        task -> {
          heavy.incrementAndGet();
          execute(task);
        },
        nanos,
        cpuNanos::get,
        _ -> allocated.get(),
        leftBehind::add);
  }

  private void execute(Runnable task) {
    executor.execute(
        () -> {
          task.run();
          ended.incrementAndGet();
        });
  }

  private int never() throws InterruptedException {
    release.await();
    return -1;
  }

  private int neverAndDeafToInterrupts() {
    while (true) {
      try {
        return never();
      } catch (InterruptedException ignored) {
        // That is what this one is about.
      }
    }
  }

  private static int failing(AtomicInteger made) {
    throw new IllegalStateException("the " + made.incrementAndGet() + ". time");
  }

  private static <T> List<Called<T>> resultsOf(Flight<List<Called<T>>> flight) {
    await().pollInterval(LOOK).until(flight::isBack);
    return flight.result();
  }

  /** Lets time pass as often as a call in it must be given up. */
  private <T> List<Called<T>> afterTimeouts(Flight<List<Called<T>>> flight) {
    return afterSteps(flight, TIMEOUT.dividedBy(4));
  }

  private <T> List<Called<T>> afterSteps(Flight<List<Called<T>>> flight, Duration step) {
    await()
        .pollInterval(LOOK)
        .until(
            () -> {
              nanos.pass(step);
              return flight.isBack();
            });
    return flight.result();
  }

  @Test
  void results_come_in_the_order_of_the_calls() {
    List<Callable<Integer>> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      int result = i;
      many.add(() -> result);
    }

    assertThat(resultsOf(calls(limits(3, 1)).start(many)))
        .extracting(called -> ((Called.Returned<Integer>) called).value())
        .isSorted()
        .hasSize(1000);
  }

  @Test
  void an_exception_belongs_to_its_own_call_only() {
    List<Called<Integer>> called =
        resultsOf(
            calls(ONCE)
                .start(
                    List.of(
                        () -> {
                          throw new StackOverflowError("deep");
                        },
                        () -> {
                          throw new UnknownValue("no amount");
                        },
                        () -> 3)));

    assertThat(called.getFirst())
        .isInstanceOfSatisfying(
            Called.Failed.class, failed -> assertThat(failed.error()).contains("deep"));
    assertThat(called.subList(1, 3))
        .containsExactly(new Called.Unknown<>("no amount"), new Called.Returned<>(3));
  }

  @Test
  void an_exception_that_throws_when_it_is_told_is_named() {
    List<Called<Integer>> called =
        resultsOf(
            calls(ONCE)
                .start(
                    List.of(
                        () -> {
                          throw new Unspeakable();
                        })));

    assertThat(called).containsExactly(new Called.Failed<>(Unspeakable.class.getName()));
  }

  private static final class Unspeakable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException();
    }
  }

  @Test
  void a_check_that_computes_for_long_goes_on_among_the_heavy_ones_until_it_does_not() {
    WatchedCalls calls = calls(ONCE);
    Callable<Integer> computing = () -> (int) cpuNanos.addAndGet(1_000_000_000);

    resultsOf(calls.start(List.of(computing)));
    assertThat(heavy).hasValue(0);
    resultsOf(calls.start(List.of(() -> 1)));
    assertThat(heavy).hasValue(1);
    resultsOf(calls.start(List.of(() -> 1)));
    assertThat(heavy).hasValue(1);
  }

  @Test
  void a_flight_is_as_prompt_as_it_was_and_not_as_it_was_looked_at() {
    CallWatch watch = new CallWatch("check tested", ONCE, threads());
    WatchedFlight<Integer> flight = new WatchedFlight<>(List.of(() -> 1), watch, new Retries(ONCE));
    flight.drive(nanos.getAsLong());
    await().pollInterval(LOOK).until(() -> ended.get() == 1);

    nanos.pass(Duration.ofSeconds(5));
    assertThat(flight.drive(nanos.getAsLong())).isTrue();
    assertThat(flight.nanos()).isZero();
  }

  @Test
  void a_call_that_does_not_return_is_given_up_and_the_others_are_made() {
    List<Called<Integer>> called =
        afterTimeouts(calls(ONCE).start(List.of(() -> 1, this::never, () -> 3)));

    assertThat(called)
        .containsExactly(
            new Called.Returned<>(1),
            new Called.Failed<>("The check took longer than its timeout of PT10S"),
            new Called.Returned<>(3));
    assertThat(leftBehind).hasSize(1);
  }

  @Test
  void a_call_that_allocates_too_much_is_given_up() {
    Flight<List<Called<Integer>>> flight = calls(ONCE).start(List.of(this::never, () -> 2));
    await()
        .pollInterval(LOOK)
        .until(
            () -> {
              allocated.addAndGet(500);
              return flight.isBack();
            });

    assertThat(flight.result())
        .containsExactly(
            new Called.Failed<>("The check allocated more than its 1000 bytes for one call"),
            new Called.Returned<>(2));
  }

  @Test
  void calls_that_allocate_too_much_are_made_for_a_tenth_of_the_time() {
    Flight<List<Called<Integer>>> flight = calls(ONCE).start(List.of(this::never, () -> 2));
    nanos.pass(Duration.ofMillis(1));
    await()
        .pollInterval(LOOK)
        .until(
            () -> {
              nanos.pass(Duration.ofMillis(1));
              allocated.addAndGet(100);
              return !flight.isBack() && !leftBehind.isEmpty();
            });
    long giveUp = nanos.getAsLong();

    await().pollInterval(LOOK).until(() -> ended.get() == 1);
    assertThat(flight.isBack()).isFalse();
    assertThat(afterSteps(flight, Duration.ofMillis(1))).hasSize(2);
    assertThat(nanos.getAsLong() - giveUp).isGreaterThan(Duration.ofMillis(50).toNanos());
  }

  @Test
  void nobody_waits_for_a_call_that_takes_its_time() {
    Flight<List<Called<Integer>>> flight = calls(ONCE).start(List.of(this::never));

    assertThat(flight.isBack()).isFalse();
    release.countDown();
    assertThat(resultsOf(flight)).containsExactly(new Called.Returned<>(-1));
  }

  @Test
  void one_flight_goes_after_another() {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    WatchedCalls calls = calls(ONCE);
    Flight<List<Called<Boolean>>> first =
        calls.start(
            List.of(
                () -> {
                  never();
                  return order.add("first");
                }));
    Flight<List<Called<Boolean>>> second = calls.start(List.of(() -> order.add("second")));
    assertThat(second.isBack()).isFalse();
    release.countDown();

    await().pollInterval(LOOK).until(second::isBack);
    assertThat(first.isBack()).isTrue();
    assertThat(order).containsExactly("first", "second");
  }

  @Test
  void as_many_calls_are_made_at_a_time_as_the_check_allows() {
    CyclicBarrier allThree = new CyclicBarrier(3);
    List<Callable<Integer>> meeting = Collections.nCopies(3, () -> Math.min(0, allThree.await()));

    assertThat(resultsOf(calls(limits(3, 1)).start(meeting)))
        .containsOnly(new Called.Returned<>(0));
  }

  @Test
  void a_call_that_fails_is_made_again_after_a_while() {
    AtomicInteger made = new AtomicInteger();
    Flight<List<Called<Integer>>> flight =
        calls(limits(1, 3)).start(List.of(() -> 2 / made.getAndIncrement(), () -> 7));
    await().pollInterval(LOOK).until(() -> !flight.isBack() && made.get() == 1);
    assertThat(flight.isBack()).isFalse();

    assertThat(afterTimeouts(flight))
        .containsExactly(new Called.Returned<>(2), new Called.Returned<>(7));
    assertThat(made).hasValue(2);
  }

  @Test
  void a_call_that_keeps_failing_is_made_as_often_as_it_may() {
    AtomicInteger made = new AtomicInteger();
    Flight<List<Called<Integer>>> flight = calls(limits(1, 3)).start(List.of(() -> failing(made)));

    assertThat(afterTimeouts(flight)).hasOnlyElementsOfType(Called.Failed.class);
    assertThat(made).hasValue(3);
  }

  @Test
  void where_it_never_helps_calls_are_made_again_only_now_and_then() {
    AtomicInteger made = new AtomicInteger();
    WatchedCalls calls = calls(limits(1, 2));
    for (int i = 0; i < 100; i++) {
      afterTimeouts(calls.start(List.of(() -> failing(made))));
    }

    assertThat(made.get())
        .isBetween(101 + Retries.IN_VAIN_MAX, 101 + Retries.IN_VAIN_MAX + 100 / 16);
  }

  @Test
  void too_many_calls_that_hear_nothing_lead_to_refusals_until_they_end() {
    List<Callable<Integer>> stuck = new ArrayList<>();
    for (int i = 0; i < WatchedCalls.LEFT_BEHIND_MAX; i++) {
      stuck.add(this::neverAndDeafToInterrupts);
    }
    stuck.add(() -> 1);
    WatchedCalls calls = calls(limits(1, 3));

    assertThat(afterTimeouts(calls.start(stuck)).getLast()).isInstanceOf(Called.Refused.class);
    assertThat(calls.areStuck()).isTrue();

    release.countDown();
    await().pollInterval(LOOK).until(() -> !calls.areStuck());
    assertThat(resultsOf(calls.start(List.of(() -> 1)))).containsExactly(new Called.Returned<>(1));
  }

  @Test
  void an_awaited_flight_is_back_when_it_was_begun() {
    CheckCalls awaited = new AwaitedCalls(calls(ONCE));
    CountDownLatch begun = new CountDownLatch(1);
    executor.execute(
        () -> {
          try {
            begun.await();
            release.countDown();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });

    Flight<List<Called<Integer>>> flight =
        awaited.start(
            List.of(
                () -> {
                  begun.countDown();
                  return never();
                }));
    assertThat(flight.isBack()).isTrue();
  }
}
