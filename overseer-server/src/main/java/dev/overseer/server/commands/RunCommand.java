package dev.overseer.server.commands;

import dev.overseer.server.configuration.Configuration;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code overseer run}. */
@Command(
    name = "run",
    description = {
      "Watches the configured databases until it is stopped.",
      "It stops in order on SIGTERM or Ctrl-C, and goes on where it was when it is started again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  overseer run --config overseer.yaml",
      "  overseer run --config overseer.yaml --data-dir /var/lib/overseer --verbose"
    })
final class RunCommand implements Callable<Integer> {
  private final Program program;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "What to watch: see docs/reference/configuration.md.")
  Path config = Path.of("");

  @Option(
      names = "--data-dir",
      paramLabel = "DIRECTORY",
      description = "Where to store everything, instead of where the configuration says.")
  @Nullable Path dataDirectory;

  RunCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    Configuration configuration = Configuration.read(config);
    return program.run(
        dataDirectory == null ? configuration : configuration.withDataDirectory(dataDirectory));
  }
}
