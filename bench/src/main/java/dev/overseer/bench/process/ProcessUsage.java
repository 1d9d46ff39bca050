package dev.overseer.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the kernel (Linux) says that processes used. A process that has ended used nothing, but for
 * what its parent inherits of it.
 */
public final class ProcessUsage {
  private static final Path PROC = Path.of("/proc");

  /** The kernel's unit of CPU time in these files on every platform that we run on. */
  private static final double TICKS_PER_SECOND = 100;

  // Fields of /proc/PID/stat, counted from the one after the command's closing parenthesis.
  private static final int PARENT = 1;
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;
  private static final int CHILDREN_USER_TICKS = 13;
  private static final int CHILDREN_SYSTEM_TICKS = 14;

  private ProcessUsage() {}

  /** CPU seconds of all threads of the process since its start. */
  public static double cpuSeconds(long pid) {
    List<String> stat = stat(pid);
    return stat.isEmpty() ? 0 : cpuSeconds(stat);
  }

  /**
   * CPU seconds of the process's living threads, by what they do: a Java thread's name without its
   * number (15 characters of it), with those of the compiler and of the garbage collector together.
   */
  public static SortedMap<String, Double> cpuSecondsByThread(long pid) {
    SortedMap<String, Double> seconds = new TreeMap<>();
    for (Path task : Directories.entries(PROC.resolve(pid + "/task"))) {
      try {
        String line = Files.readString(task.resolve("stat"));
        String name = line.substring(line.indexOf('(') + 1, line.lastIndexOf(')'));
        seconds.merge(group(name), cpuSeconds(fields(line)), Double::sum);
      } catch (IOException e) {
        // The thread has ended since it was listed.
        continue;
      }
    }
    return seconds;
  }

  private static String group(String thread) {
    if (thread.startsWith("C1 ") || thread.startsWith("C2 ")) {
      return "(compiler)";
    }
    return thread.startsWith("G1 ") || thread.startsWith("GC ")
        ? "(garbage collector)"
        : thread.replaceFirst("[#-]?\\d+$", "");
  }

  /** CPU seconds of a process, of its children, and of those children that have ended. */
  public static double familyCpuSeconds(long pid) {
    List<String> stat = stat(pid);
    double ended =
        stat.isEmpty()
            ? 0
            : ticks(stat, CHILDREN_USER_TICKS, CHILDREN_SYSTEM_TICKS) / TICKS_PER_SECOND;
    return cpuSeconds(pid) + ended + childrenCpuSeconds(pid);
  }

  private static double childrenCpuSeconds(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::children)
        .mapToDouble(child -> cpuSeconds(child.pid()))
        .sum();
  }

  public static long parent(long pid) {
    List<String> stat = stat(pid);
    if (stat.isEmpty()) {
      throw new IllegalStateException("There is no process " + pid);
    }
    return Long.parseLong(stat.get(PARENT));
  }

  /** The most memory that the process ever held in RAM. */
  public static long peakMemoryBytes(long pid) {
    try (Stream<String> lines = Files.lines(PROC.resolve(pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private static double cpuSeconds(List<String> stat) {
    return ticks(stat, USER_TICKS, SYSTEM_TICKS) / TICKS_PER_SECOND;
  }

  private static long ticks(List<String> stat, int one, int other) {
    return Long.parseLong(stat.get(one)) + Long.parseLong(stat.get(other));
  }

  /** Empty when there is no such process. */
  private static List<String> stat(long pid) {
    try {
      return fields(Files.readString(PROC.resolve(pid + "/stat")));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<String> fields(String stat) {
    return List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
  }
}
