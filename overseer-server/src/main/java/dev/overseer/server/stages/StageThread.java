package dev.overseer.server.stages;

import dev.overseer.model.Stage;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Steps one stage until it is stopped. When the stage has nothing to do the thread pauses, longer
 * each time up to two milliseconds, so that an idle program costs little and a busy one never
 * waits. A stage that throws is stepped no more, and the vitals hear of it.
 */
public final class StageThread implements AutoCloseable {
  private static final long PAUSE_NANOS_MIN = 50_000;
  private static final long PAUSE_NANOS_MAX = 2_000_000;
  private static final Duration STEP_MAX = Duration.ofSeconds(10);
  private static final Duration WAIT_MAX = Duration.ofMillis(500);

  private final Stage stage;
  private final Vitals vitals;
  private final Duration patience;
  private final Thread thread;
  private volatile boolean stopping;

  public static StageThread start(String name, Stage stage, Vitals vitals) {
    return new StageThread(Thread.ofPlatform(), STEP_MAX, name, stage, vitals).started();
  }

  /** Of a stage that may wait for a network, which is not worth waiting for when all stops. */
  static StageThread startOnNetwork(String name, Stage stage, Vitals vitals) {
    return new StageThread(Thread.ofPlatform(), WAIT_MAX, name, stage, vitals).started();
  }

  /**
   * Of a stage that waits for answers from a network most of the time. It has a virtual thread, for
   * there alone an interrupt ends the wait for a socket; one that computes would hold up others.
   */
  static StageThread startAsking(String name, Stage stage, Vitals vitals) {
    return new StageThread(Thread.ofVirtual(), WAIT_MAX, name, stage, vitals).started();
  }

  private StageThread(
      Thread.Builder threads, Duration patience, String name, Stage stage, Vitals vitals) {
    this.stage = stage;
    this.vitals = vitals;
    this.patience = patience;
    this.thread = threads.name(name).unstarted(this::run);
  }

  private StageThread started() {
    thread.start();
    return this;
  }

  /** Lets the current step end, and steps no more. A step that takes too long is interrupted. */
  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    try {
      if (!thread.join(patience)) {
        thread.interrupt();
        thread.join(STEP_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      long pauseNanos = PAUSE_NANOS_MIN;
      while (!stopping) {
        if (stage.step()) {
          pauseNanos = PAUSE_NANOS_MIN;
        } else {
          LockSupport.parkNanos(pauseNanos);
          pauseNanos = Math.min(pauseNanos * 2, PAUSE_NANOS_MAX);
        }
      }
    } catch (RuntimeException | Error e) {
      if (!stopping) {
        vitals.failed(thread.getName(), e);
      }
    }
  }
}
