package dev.overseer.server;

import dev.overseer.model.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the server until it is told to stop, and makes it anew when storage refuses one of its
 * stages, as a full disk does. What a stage held in memory then is of no use any more, and its
 * neighbours rest on it; so nothing less than the whole is made anew, from what is stored, in the
 * way that is proven by every crash: what was not durable was not confirmed to any source. While
 * storage refuses on, it is tried again after 1 s, 2 s, 4 s and so on up to a minute.
 *
 * <p>Damaged storage and defects of our own are not tried again: they end it.
 */
final class Renewal {
  private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
  private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
  private static final Duration PAUSE_MAX = Duration.ofMinutes(1);

  private final Supplier<Overseer> start;
  private final CompletableFuture<@Nullable Void> stop;
  private final InstantSource clock;
  private Duration pause = PAUSE_MIN;

  /** How one life of the server ended. */
  private enum End {
    STOPPED,
    BROKEN,
    REFUSED
  }

  Renewal(Supplier<Overseer> start, CompletableFuture<@Nullable Void> stop, InstantSource clock) {
    this.start = start;
    this.stop = stop;
    this.clock = clock;
  }

  /**
   * Returns when it has ended in order.
   *
   * @return whether because it was told to; else because going on could do harm
   * @throws RuntimeException what the first start fails with
   */
  boolean run() {
    End end = live(start.get());
    while (end == End.REFUSED && !isStoppedWithin(pause)) {
      pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
      end = liveAgain();
    }
    return end != End.BROKEN;
  }

  private End liveAgain() {
    Overseer renewed;
    try {
      renewed = start.get();
    } catch (Unavailable e) {
      LOG.warn("Storage refuses still, and nothing is taken in: {}", e.getMessage());
      return End.REFUSED;
    }
    renewed.storageRecovered();
    return live(renewed);
  }

  private End live(Overseer overseer) {
    Instant started = clock.instant();
    try (overseer) {
      LOG.info("Running; see {} or overseer violation list; stop with Ctrl-C", overseer.url());
      CompletableFuture.anyOf(stop, overseer.vitals().fatal(), overseer.vitals().refused()).join();
      LOG.info("Stopping: the sources first, then what is under way");
      if (clock.instant().isAfter(started.plus(PAUSE_MAX))) {
        pause = PAUSE_MIN;
      }
      return stop.isDone() ? End.STOPPED : ended(overseer);
    }
  }

  private static End ended(Overseer overseer) {
    return overseer.vitals().fatal().isDone() ? End.BROKEN : End.REFUSED;
  }

  private boolean isStoppedWithin(Duration wait) {
    try {
      stop.get(wait.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Nobody fails to tell it to stop", e);
    }
  }
}
