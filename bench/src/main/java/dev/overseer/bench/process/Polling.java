package dev.overseer.bench.process;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits, by asking again and again, and never for ever. */
public final class Polling {
  private Polling() {}

  /**
   * Asks until there is an answer.
   *
   * @param what for the error: "Overseer is ready"
   * @throws IllegalStateException when there is none in time
   */
  public static <T> T await(
      String what, Duration interval, Duration max, Supplier<Optional<T>> question) {
    long end = System.nanoTime() + max.toNanos();
    while (true) {
      Optional<T> answer = question.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException("Not within %d s: %s".formatted(max.toSeconds(), what));
      }
      pause(interval);
    }
  }

  /** Like the other, of a condition. */
  public static void await(
      String what, Duration interval, Duration max, BooleanSupplier condition) {
    await(
        what, interval, max, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** Does nothing for so long; an interruption is an error here, since nobody interrupts. */
  public static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting", e);
    }
  }
}
