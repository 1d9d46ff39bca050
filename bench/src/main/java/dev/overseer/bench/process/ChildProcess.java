package dev.overseer.bench.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process of ours. It never outlives this one: it is killed when closed, and when this program
 * ends in whatever way that lets it end something. Its output is in a file. Safe for many threads.
 */
public final class ChildProcess implements AutoCloseable {
  private static final int LOG_LINES_SHOWN = 30;

  private final Process process;
  private final Path log;
  private final Thread reaper;

  private ChildProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.reaper = new Thread(() -> process.destroyForcibly(), "reaper-of-" + process.pid());
  }

  /**
   * Starts it; what it prints is added to the end of {@code log}.
   *
   * @param environment added to this process's own
   */
  public static ChildProcess start(
      List<String> command, Map<String, String> environment, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      ChildProcess child = new ChildProcess(builder.start(), log);
      Runtime.getRuntime().addShutdownHook(child.reaper);
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + command.getFirst(), e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Fails, with the end of what the process printed, when it has ended. */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "The process %d ended by itself with exit code %d; the end of %s:%n%s"
              .formatted(process.pid(), process.exitValue(), log, lastLines()));
    }
  }

  /** The last lines that it printed. */
  public String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    } catch (IOException e) {
      return "(" + log + " cannot be read)";
    }
  }

  /** Closes its standard input: some end when they see that. */
  public void endInput() {
    try (OutputStream input = process.getOutputStream()) {
      input.flush();
    } catch (IOException e) {
      // It has ended already.
    }
  }

  /** SIGKILL: no handler runs, nothing is flushed. Returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd(Duration.ofSeconds(30));
  }

  /**
   * SIGTERM, and waits.
   *
   * @return whether it ended by itself in this time; if not, it was killed
   */
  public boolean stop(Duration max) {
    process.destroy();
    boolean ended = awaitEnd(max);
    if (!ended) {
      kill();
    }
    return ended;
  }

  /** Whether it ended within this time. */
  public boolean awaitEnd(Duration max) {
    try {
      return process.waitFor(max.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return false;
    }
  }

  public int exitCode() {
    return process.exitValue();
  }

  @Override
  public void close() {
    kill();
    try {
      Runtime.getRuntime().removeShutdownHook(reaper);
    } catch (IllegalStateException e) {
      // The program is ending: the hook runs, and finds nothing to do.
    }
  }
}
