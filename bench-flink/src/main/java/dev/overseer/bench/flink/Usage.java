package dev.overseer.bench.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How far this process's time and CPU have gone.
 *
 * @param nanos as {@link System#nanoTime} tells them
 */
record Usage(long nanos, Duration cpu) {
  private static final Path STATUS = Path.of("/proc/self/status");

  static Usage now() {
    Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    return new Usage(System.nanoTime(), cpu);
  }

  /** Prints what was used since then, and how long the work took. */
  void tellSince(Usage begun, long changes) throws IOException {
    tell("cpu", cpu.minus(begun.cpu).toMillis() / 1e3, "s");
    tell("peak memory", peakKilobytes() / 1e3, "MB");
    double seconds = (nanos - begun.nanos) / 1e9;
    System.out.printf(Locale.ROOT, "done %d updates in %.3f s%n", changes, seconds);
  }

  private static void tell(String name, double value, String unit) {
    System.out.printf(Locale.ROOT, "figure %s = %.3f %s%n", name, value, unit);
  }

  private static long peakKilobytes() throws IOException {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElse(0);
    }
  }
}
