package dev.overseer.server.commands;

import dev.overseer.server.configuration.Configuration;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code overseer config ...}. */
@Command(
    name = "config",
    description = "Looks at a configuration file.",
    synopsisSubcommandLabel = "COMMAND")
final class ConfigCommands {

  @Command(
      name = "check",
      description = {
        "Reports every mistake in a configuration file, and in how its checks fit its views.",
        "It connects to nothing."
      },
      footerHeading = "%nExample:%n",
      footer = "  overseer config check --config overseer.yaml")
  static final class Checking implements Callable<Integer> {
    private final Program program;
    @Spec @Nullable CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The file.")
    Path config = Path.of("");

    Checking(Program program) {
      this.program = program;
    }

    @Override
    public Integer call() {
      Configuration configuration = Configuration.read(config);
      int checks = program.checkChecks(configuration);
      if (spec != null) {
        spec.commandLine()
            .getOut()
            .printf(
                "%s is right: %d sources, %d models, %d views, %d checks.%n",
                config,
                configuration.sources().size(),
                configuration.definitions().models().size(),
                configuration.definitions().views().size(),
                checks);
      }
      return ExitCode.DONE;
    }
  }
}
