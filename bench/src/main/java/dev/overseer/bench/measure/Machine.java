package dev.overseer.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where a benchmark ran: numbers of different machines are not to be compared. */
public record Machine(
    String system, String processor, int cores, long memoryBytes, String java, double load) {

  public static Machine here() {
    return new Machine(
        "%s %s %s".formatted(property("os.name"), property("os.version"), property("os.arch")),
        field("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        kilobytes(field("/proc/meminfo", "MemTotal")) * 1024,
        "%s %s".formatted(property("java.vendor"), property("java.runtime.version")),
        loadNow());
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  /** The first line {@code name : value} of a file of the kernel's; empty where there is none. */
  private static String field(String file, String name) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private static long kilobytes(String text) {
    return text.endsWith(" kB") ? Long.parseLong(text.substring(0, text.length() - 3)) : 0;
  }

  /** Of the last minute, before the benchmark: above one half, somebody else is at work. */
  private static double loadNow() {
    try {
      return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    } catch (IOException e) {
      return -1;
    }
  }
}
