package dev.overseer.server;

import dev.overseer.model.Unavailable;
import dev.overseer.server.stages.Vitals;
import dev.overseer.server.storage.DiskTrouble;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the server until it is told to stop, and makes it anew when storage refuses one of its
 * stages, as a full disk does. What a stage held in memory then is of no use any more, and its
 * neighbours rest on it; so nothing less than the whole is made anew, from what is stored, in the
 * way that is proven by every crash: what was not durable was not confirmed to any source. Until
 * its disks look well again there is an {@link Interim} instead; where they do and storage refuses
 * all the same, it is tried again after 1 s, 2 s, 4 s and so on up to a minute.
 *
 * <p>It is made anew as well when its own time is not the system's any more, because that was set
 * back: within one life, time does not go back.
 *
 * <p>Damaged storage and defects of our own are not tried again: they end it.
 */
final class Renewal {
  private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
  private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
  private static final Duration PAUSE_MAX = Duration.ofMinutes(1);

  private final Lives lives;
  private final CompletableFuture<@Nullable Void> stop;
  private final InstantSource clock;
  private Duration pause = PAUSE_MIN;

  /** How one life of the server ended. */
  private sealed interface End {
    record Stopped() implements End {}

    record Broken() implements End {}

    record Refused(DiskTrouble trouble) implements End {}

    record Outdated() implements End {}
  }

  Renewal(Lives lives, CompletableFuture<@Nullable Void> stop, InstantSource clock) {
    this.lives = lives;
    this.stop = stop;
    this.clock = clock;
  }

  /**
   * Returns when it has ended in order.
   *
   * @return whether because it was told to; else because going on could do harm
   * @throws RuntimeException what the first start fails with, where there is nothing to go on with
   */
  boolean run() {
    End end = begin();
    while (true) {
      switch (end) {
        case End.Stopped _ -> {
          return true;
        }
        case End.Broken _ -> {
          return false;
        }
        case End.Outdated _ -> end = begin();
        case End.Refused(DiskTrouble trouble) -> end = beginAfter(lives.interim(trouble));
      }
    }
  }

  private End begin() {
    Overseer overseer;
    try {
      overseer = lives.begin(Optional.empty());
    } catch (Unavailable e) {
      if (!lives.canGoOn()) {
        throw e;
      }
      return refused(String.valueOf(e.getMessage()));
    }
    return live(overseer);
  }

  private End beginAfter(Interim interim) {
    while (!isStoppedWhile(interim)) {
      Overseer renewed;
      try {
        renewed = lives.begin(Optional.of(interim));
      } catch (Unavailable e) {
        pause = min(pause.multipliedBy(2), PAUSE_MAX);
        interim.refused(lives.trouble(String.valueOf(e.getMessage())));
        continue;
      }
      LOG.info("Storage takes everything again");
      return live(renewed);
    }
    return new End.Stopped();
  }

  private boolean isStoppedWhile(Interim interim) {
    try (Resources _ = interim.attend()) {
      boolean stopped = isStoppedWithin(pause);
      while (!stopped && !interim.isOver()) {
        stopped = isStoppedWithin(PAUSE_MIN);
      }
      return stopped;
    }
  }

  private End live(Overseer overseer) {
    Instant started = clock.instant();
    try (overseer) {
      LOG.info("Running; see {} or overseer violation list; stop with Ctrl-C", overseer.url());
      CompletableFuture<String> refused = overseer.vitals().refused();
      CompletableFuture.anyOf(
              stop, overseer.vitals().fatal(), refused, overseer.vitals().whenOutdated())
          .join();
      LOG.info("Stopping: the sources first, then what is under way");
      if (clock.instant().isAfter(started.plus(PAUSE_MAX))) {
        pause = PAUSE_MIN;
      }
      return stop.isDone() ? new End.Stopped() : ended(overseer);
    }
  }

  /** What storage lacks is looked for before the server ends, and gives back what it had taken. */
  private End ended(Overseer overseer) {
    Vitals vitals = overseer.vitals();
    if (vitals.fatal().isDone()) {
      return new End.Broken();
    }
    return vitals.refused().isDone() ? refused(vitals.refused().join()) : new End.Outdated();
  }

  private End refused(String refusal) {
    return new End.Refused(lives.trouble(refusal));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
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
