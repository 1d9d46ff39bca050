package dev.overseer.bench.reading;

import dev.overseer.bench.measure.Figure;
import dev.overseer.bench.process.ChildProcess;
import dev.overseer.bench.process.Polling;
import dev.overseer.bench.process.ProcessUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One reader at work, watched from outside and alike for every reader: the time runs from when the
 * server begins to send to it, so that nobody's start-up is in it, to when the reader is done.
 */
public final class Drain {
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

  /**
   * Returns when the reader is done; fails when it ends or takes far too long.
   *
   * @param reader just started
   * @param sender the server's process that sends to it; empty while there is none
   * @param done asked again and again
   */
  public static Drain watch(
      BankServer server, ChildProcess reader, Supplier<OptionalLong> sender, BooleanSupplier done) {
    double serverCpuBefore = server.cpuSeconds();
    long senderPid =
        Polling.await(
            "somebody reads",
            ASK_FOR_START_EVERY,
            START_MAX,
            () -> {
              reader.requireAlive();
              return sender.get().stream().boxed().findFirst();
            });
    long start = System.nanoTime();
    Polling.await(
        "everything is read",
        ASK_FOR_END_EVERY,
        END_MAX,
        () -> {
          reader.requireAlive();
          return done.getAsBoolean();
        });
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Drain(seconds, figures(server, reader.pid(), senderPid, serverCpuBefore));
  }

  private static List<Figure> figures(
      BankServer server, long reader, long sender, double serverCpuBefore) {
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
    figures.add(new Figure("cpu of all of Postgres", server.cpuSeconds() - serverCpuBefore, "s"));
    figures.add(
        new Figure(
            "peak memory of the reader", ProcessUsage.peakMemoryBytes(reader) / MEGABYTE, "MB"));
    figures.add(
        new Figure(
            "peak memory of its sender", ProcessUsage.peakMemoryBytes(sender) / MEGABYTE, "MB"));
    return figures;
  }

  public double seconds() {
    return seconds;
  }

  public List<Figure> figures() {
    return figures;
  }
}
