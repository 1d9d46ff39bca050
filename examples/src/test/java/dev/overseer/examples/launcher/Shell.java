package dev.overseer.examples.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A directory in which a person types commands, {@code $OVERSEER/overseer} among them, which is the
 * launcher of this tree on what was built of it; what is started there ends with it.
 */
public final class Shell implements AutoCloseable {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final int SECONDS_MAX = 180;

  private final Path directory;
  private final Map<String, String> environment = new TreeMap<>();
  private final List<Process> started = new ArrayList<>();

  public Shell(Path directory) {
    this.directory = directory;
    // The commands of the JDK that runs this.
    Path jdk = Path.of(System.getProperty("java.home"));
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("PATH", jdk.resolve("bin") + ":" + System.getenv("PATH"));
    environment.put("OVERSEER", REPOSITORY.toString());
    environment.put("OVERSEER_BUILD", "no");
  }

  public Shell with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public void write(String file, String text) throws IOException {
    Files.writeString(directory.resolve(file), text);
  }

  /** Runs the commands to their end, which must be a good one; gives all that they print. */
  public String run(String commands) throws IOException, InterruptedException {
    Path printed = Files.createTempFile(directory, "printed", ".txt");
    Process process = begin(commands, printed);
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
      stop(process);
      throw new AssertionError("Still running after three minutes: " + commands);
    }
    String text = Files.readString(printed, StandardCharsets.UTF_8);
    if (process.exitValue() != 0) {
      throw new AssertionError(
          "Exit code %d of: %s\n%s".formatted(process.exitValue(), commands, text));
    }
    return text;
  }

  /** Starts the commands, and leaves them running; what they print goes to {@code printed}. */
  public Process start(String commands, String printed) throws IOException {
    return begin(commands, directory.resolve(printed));
  }

  /** Ends them as Ctrl-C would, and waits for it. */
  public static void stop(Process process) throws InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    children.forEach(ProcessHandle::destroy);
    process.destroy();
    for (ProcessHandle child : children) {
      child.onExit().join();
    }
    process.waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    for (Process process : started) {
      stop(process);
    }
  }

  private Process begin(String commands, Path printed) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-ec", commands)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    started.add(process);
    return process;
  }
}
