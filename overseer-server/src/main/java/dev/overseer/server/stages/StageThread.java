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
  private static final Duration STOP_WAIT = Duration.ofSeconds(10);

  private final Stage stage;
  private final Vitals vitals;
  private final Thread thread;
  private volatile boolean stopping;

  public static StageThread start(String name, Stage stage, Vitals vitals) {
    StageThread started = new StageThread(name, stage, vitals);
    started.thread.start();
    return started;
  }

  private StageThread(String name, Stage stage, Vitals vitals) {
    this.stage = stage;
    this.vitals = vitals;
    this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
  }

  /**
   * Lets the current step end, and steps no more. A step that waits for the network too long is
   * interrupted.
   */
  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    try {
      if (!thread.join(STOP_WAIT)) {
        thread.interrupt();
        thread.join(STOP_WAIT);
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
