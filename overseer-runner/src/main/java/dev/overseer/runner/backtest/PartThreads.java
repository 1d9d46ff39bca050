package dev.overseer.runner.backtest;

import dev.overseer.model.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Hands every stretch of the log to every part: through a short queue to the part's thread, or at
 * once where there are no threads. Belongs to the thread that reads.
 */
final class PartThreads implements AutoCloseable {
  private static final int WAITING_MAX = 4;
  private static final long LOOK_MILLIS = 100;

  private final List<Part> parts;
  private final Workers workers;
  private final long cpuBegun;
  private final List<Lane> lanes = new ArrayList<>();
  private volatile boolean closed;

  /**
   * The way to a part with a thread of its own.
   *
   * @param waiting what it is to take; empty at the end
   * @param cpuNanos that it took
   */
  private record Lane(BlockingQueue<Optional<Stretch>> waiting, CompletableFuture<Long> cpuNanos) {}

  PartThreads(List<Part> parts, Workers workers) {
    this.parts = parts;
    this.workers = workers;
    this.cpuBegun = workers.cpuNanos().getAsLong();
    workers.executor().ifPresent(this::start);
  }

  private void start(Executor executor) {
    for (Part part : parts) {
      Lane lane = new Lane(new ArrayBlockingQueue<>(WAITING_MAX), new CompletableFuture<>());
      lanes.add(lane);
      executor.execute(() -> work(part, lane));
    }
  }

  private void work(Part part, Lane lane) {
    try {
      lane.cpuNanos().complete(work(part, lane.waiting()));
    } catch (Throwable failed) {
      lane.cpuNanos().completeExceptionally(failed);
    }
  }

  private long work(Part part, BlockingQueue<Optional<Stretch>> waiting) {
    long begun = workers.cpuNanos().getAsLong();
    try {
      while (!closed) {
        Optional<Stretch> next = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (next != null && next.isEmpty()) {
          break;
        } else if (next != null) {
          part.take(next.get());
        }
      }
    } catch (InterruptedException stopping) {
      throw interrupted(stopping);
    }
    return workers.cpuNanos().getAsLong() - begun;
  }

  void hand(Stretch stretch) {
    if (lanes.isEmpty()) {
      parts.forEach(part -> part.take(stretch));
    }
    hand(Optional.of(stretch));
  }

  private void hand(Optional<Stretch> stretch) {
    try {
      for (Lane lane : lanes) {
        while (!lane.waiting().offer(stretch, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          if (lane.cpuNanos().isDone()) {
            join(lane.cpuNanos());
          }
        }
      }
    } catch (InterruptedException stopping) {
      throw interrupted(stopping);
    }
  }

  /** Waits until every part has taken everything; how much processor time all of it took. */
  Duration end() {
    hand(Optional.empty());
    long nanos = workers.cpuNanos().getAsLong() - cpuBegun;
    for (Lane lane : lanes) {
      nanos += join(lane.cpuNanos());
    }
    return Duration.ofNanos(nanos);
  }

  private static long join(CompletableFuture<Long> part) {
    try {
      return part.join();
    } catch (CompletionException failed) {
      Throwable cause = failed.getCause();
      throw cause instanceof RuntimeException itself ? itself : failed;
    }
  }

  private static Unavailable interrupted(InterruptedException stopping) {
    Thread.currentThread().interrupt();
    return new Unavailable("Interrupted in the midst of a backtest", stopping);
  }

  /** Returns when no part is at work any more. */
  @Override
  public void close() {
    closed = true;
    for (Lane lane : lanes) {
      lane.cpuNanos().exceptionally(_ -> 0L).join();
    }
  }
}
