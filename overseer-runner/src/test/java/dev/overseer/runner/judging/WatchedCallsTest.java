package dev.overseer.runner.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;
import static org.awaitility.Awaitility.await;

import dev.overseer.runner.judging.CheckCalls.Called;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchedCallsTest {
  private static final Duration TIMEOUT = Duration.ofMillis(80);
  private static final Duration AMPLE = Duration.ofSeconds(30);

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final WatchedCalls calls = new WatchedCalls(executor);
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void end() {
    release.countDown();
    executor.shutdownNow();
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

  @Test
  void results_come_in_the_order_of_the_calls() {
    List<Callable<Integer>> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      int result = i;
      many.add(() -> result);
    }

    assertThat(calls.callAll(many, AMPLE))
        .extracting(called -> ((Called.Returned<Integer>) called).value())
        .isSorted()
        .hasSize(1000);
  }

  @Test
  void an_exception_belongs_to_its_own_call_only() {
    List<Called<Integer>> called =
        calls.callAll(
            List.of(
                () -> {
                  throw new StackOverflowError("deep");
                },
                () -> 2),
            AMPLE);

    assertThat(called.getFirst())
        .isInstanceOfSatisfying(
            Called.Threw.class,
            threw ->
                assertThat(threw.thrown())
                    .asInstanceOf(throwable(Throwable.class))
                    .hasMessage("deep"));
    assertThat(called.get(1)).isEqualTo(new Called.Returned<>(2));
  }

  @Test
  void a_call_that_does_not_return_is_given_up_and_the_others_are_made() {
    List<Called<Integer>> called = calls.callAll(List.of(() -> 1, this::never, () -> 3), TIMEOUT);

    assertThat(called)
        .containsExactly(
            new Called.Returned<>(1), new Called.TimedOut<>(TIMEOUT), new Called.Returned<>(3));
  }

  @Test
  void too_many_calls_that_hear_nothing_lead_to_refusals_until_they_end() {
    List<Callable<Integer>> stuck = new ArrayList<>();
    for (int i = 0; i < WatchedCalls.LEFT_BEHIND_MAX; i++) {
      stuck.add(this::neverAndDeafToInterrupts);
    }
    calls.callAll(stuck, TIMEOUT);

    assertThat(calls.callAll(List.of(() -> 1), TIMEOUT).getFirst())
        .isInstanceOf(Called.Refused.class);

    release.countDown();
    await()
        .untilAsserted(
            () ->
                assertThat(calls.callAll(List.of(() -> 1), AMPLE))
                    .containsExactly(new Called.Returned<>(1)));
  }
}
