package dev.overseer.bench.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the contenders' processes are started with. */
final class Programs {
  private static final String FLINK = "dev.overseer.bench.flink.FlinkProgram";

  /** As Overseer's own launcher has it. */
  private static final List<String> OVERSEER_FLAGS =
      List.of(
          "-Xms64m",
          "-Xmx1g",
          "-XX:+UseG1GC",
          "-Djdk.virtualThreadScheduler.parallelism=16",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /** As Flink's own launcher has it; twice the heap, since its heap backend's state is in it. */
  private static final List<String> FLINK_FLAGS =
      List.of(
          "-Xms2g",
          "-Xmx2g",
          "-XX:+UseG1GC",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED");

  private Programs() {}

  static List<String> overseer(Class<?> program, List<String> arguments) {
    String classPath = System.getProperty("java.class.path");
    return java(OVERSEER_FLAGS, classPath, program.getName(), arguments);
  }

  /**
   * @param home the source tree, in which the module {@code bench-flink} is built
   */
  static List<String> flink(Path home, List<String> arguments) {
    Path target = home.resolve("bench-flink/target");
    try {
      String libraries = Files.readString(target.resolve("runtime.classpath")).strip();
      return java(FLINK_FLAGS, target.resolve("classes") + ":" + libraries, FLINK, arguments);
    } catch (IOException e) {
      throw new UncheckedIOException("The module bench-flink is not built", e);
    }
  }

  private static List<String> java(
      List<String> flags, String classPath, String program, List<String> arguments) {
    return Stream.of(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
            flags,
            List.of("-cp", classPath, program),
            arguments)
        .flatMap(List::stream)
        .toList();
  }
}
