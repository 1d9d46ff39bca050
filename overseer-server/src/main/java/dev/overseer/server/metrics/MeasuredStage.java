package dev.overseer.server.metrics;

import dev.overseer.model.Stage;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** A stage whose steps are timed, if they did something. */
record MeasuredStage(Stage stage, Timer steps) implements Stage {

  @Override
  public boolean step() {
    long startNanos = System.nanoTime();
    boolean worked = stage.step();
    if (worked) {
      steps.record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
    }
    return worked;
  }
}
