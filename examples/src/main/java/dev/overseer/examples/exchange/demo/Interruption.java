package dev.overseer.examples.exchange.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C: asks the demo to stop, and lets the process end only when the demo has stopped its
 * servers and is closed in order.
 */
final class Interruption implements AutoCloseable {
  private static final int SECONDS_MAX = 60;

  private final AtomicBoolean asked = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = Thread.ofPlatform().name("stop").unstarted(this::stopInOrder);

  Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Somebody does not want to see more. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** To be called now and then. */
  void check() {
    if (asked.get()) {
      throw new Stopped();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    if (!asked.get()) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private void stopInOrder() {
    asked.set(true);
    try {
      // When even that is not enough, the process ends as it is.
      boolean inOrder = ended.await(SECONDS_MAX, TimeUnit.SECONDS);
      asked.set(inOrder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
