package dev.overseer.server.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StageThreadTest {
  private final Vitals vitals = new Vitals();

  @Test
  void a_stage_is_stepped_again_and_again_until_it_is_stopped() {
    AtomicInteger steps = new AtomicInteger();
    StageThread thread =
        StageThread.start("counting", () -> steps.incrementAndGet() % 2 == 0, vitals);

    await().until(() -> steps.get() > 100);
    thread.close();
    int stepsAtClose = steps.get();

    assertThat(vitals.areGood()).isTrue();
    await().during(Duration.ofMillis(20)).until(() -> steps.get() == stepsAtClose);
  }

  @Test
  void closing_waits_for_the_end_of_the_step() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    AtomicBoolean left = new AtomicBoolean();
    StageThread thread =
        StageThread.start("waiting", () -> waitInside(entered, leave, left), vitals);
    entered.await();

    Thread closing = Thread.ofVirtual().start(thread::close);
    leave.countDown();
    closing.join();

    assertThat(left).isTrue();
  }

  @Test
  void a_stage_that_waits_for_a_dead_socket_is_stopped_at_once() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = new Socket(silent.getInetAddress(), silent.getLocalPort())) {
      StageThread thread =
          StageThread.startAsking("asking", () -> waitFor(socket, entered), vitals);
      entered.await();

      CompletableFuture<?> closing = CompletableFuture.runAsync(thread::close);

      assertThat(closing).succeedsWithin(Duration.ofSeconds(5));
      assertThat(socket.isClosed()).isTrue();
    }
    assertThat(vitals.areGood()).isTrue();
  }

  @Test
  void a_stage_that_fails_is_not_stepped_again_and_makes_the_program_unhealthy() {
    AtomicInteger steps = new AtomicInteger();
    try (StageThread _ =
        StageThread.start(
            "failing",
            () -> {
              steps.incrementAndGet();
              throw new Unavailable("the disk refuses");
            },
            vitals)) {
      await().until(() -> !vitals.areGood());
    }

    assertThat(steps).hasValue(1);
    assertThat(vitals.failures().get("failing")).contains("the disk refuses");
    assertThat(vitals.refused()).isDone();
    assertThat(vitals.fatal()).isNotDone();
  }

  @Test
  void damaged_storage_ends_the_program() {
    try (StageThread _ =
        StageThread.start(
            "reading",
            () -> {
              throw new CorruptStore("segment 7 is damaged");
            },
            vitals)) {
      assertThat(vitals.fatal()).succeedsWithin(Duration.ofSeconds(10));
    }

    assertThat(vitals.areGood()).isFalse();
    assertThat(vitals.refused()).isNotDone();
  }

  private static boolean waitFor(Socket socket, CountDownLatch entered) {
    entered.countDown();
    try {
      return socket.getInputStream().read() >= 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean waitInside(
      CountDownLatch entered, CountDownLatch leave, AtomicBoolean left) {
    entered.countDown();
    try {
      leave.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    left.set(true);
    return false;
  }
}
