package dev.overseer.bench.tail;

import dev.overseer.bench.measure.Figure;
import dev.overseer.bench.process.ChildProcess;
import dev.overseer.bench.process.Polling;
import dev.overseer.bench.process.ProcessUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One reader at work on the backlog, watched from outside and alike for every reader: the time runs
 * from when the server begins to send to its slot, so that nobody's start-up is in it, to when the
 * reader is done.
 */
final class Drain {
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Duration END_MAX = Duration.ofMinutes(15);
  private static final Duration ASK_FOR_START_EVERY = Duration.ofMillis(5);
  private static final Duration ASK_FOR_END_EVERY = Duration.ofMillis(25);
  private static final double MEGABYTE = 1e6;

  /** Threads that used less of the whole are not told of. */
  private static final double THREAD_SHARE_MIN = 0.02;

  private final double seconds;
  private final List<Figure> figures;

  private Drain(double seconds, List<Figure> figures) {
    this.seconds = seconds;
    this.figures = figures;
  }

  /** Returns when the reader is done; fails when it ends or takes far too long. */
  static Drain watch(
      Backlog backlog,
      String slot,
      ChildProcess reader,
      double serverCpuBefore,
      BooleanSupplier done) {
    long sender =
        Polling.await(
            "somebody reads from " + slot,
            ASK_FOR_START_EVERY,
            START_MAX,
            () -> {
              reader.requireAlive();
              return backlog.sender(slot).stream().boxed().findFirst();
            });
    long start = System.nanoTime();
    Polling.await(
        "the backlog is drained",
        ASK_FOR_END_EVERY,
        END_MAX,
        () -> {
          reader.requireAlive();
          return done.getAsBoolean();
        });
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Drain(seconds, figures(backlog, reader.pid(), sender, serverCpuBefore));
  }

  private static List<Figure> figures(
      Backlog backlog, long reader, long sender, double serverCpuBefore) {
    double cpu = ProcessUsage.cpuSeconds(reader);
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("cpu of the reader", cpu, "s"));
    ProcessUsage.cpuSecondsByThread(reader)
        .forEach(
            (thread, seconds) -> {
              if (seconds >= cpu * THREAD_SHARE_MIN) {
                figures.add(new Figure("cpu of its threads: " + thread, seconds, "s"));
              }
            });
    figures.add(new Figure("cpu of its sender in Postgres", ProcessUsage.cpuSeconds(sender), "s"));
    figures.add(
        new Figure("cpu of all of Postgres", backlog.serverCpuSeconds() - serverCpuBefore, "s"));
    figures.add(
        new Figure(
            "peak memory of the reader", ProcessUsage.peakMemoryBytes(reader) / MEGABYTE, "MB"));
    figures.add(
        new Figure(
            "peak memory of its sender", ProcessUsage.peakMemoryBytes(sender) / MEGABYTE, "MB"));
    return figures;
  }

  double seconds() {
    return seconds;
  }

  List<Figure> figures() {
    return figures;
  }
}
