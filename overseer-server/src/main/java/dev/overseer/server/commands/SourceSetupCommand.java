package dev.overseer.server.commands;

import dev.overseer.ingestion.postgres.SetupScript;
import dev.overseer.server.configuration.SourceSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code overseer source setup}. */
@Command(
    name = "setup",
    description = {
      "Prints the SQL that lets Overseer tail databases: a role that may read and follow the log,"
          + " and no more, and a publication.",
      "It connects to nothing and runs nothing."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  overseer source setup payments | psql --single-transaction payments",
      "  overseer source setup payments --heartbeat --config overseer.yaml"
    })
final class SourceSetupCommand implements Callable<Integer> {
  private final Program program;
  @Mixin ChosenSources chosen = new ChosenSources();

  @Option(
      names = "--heartbeat",
      description = "Also let it write messages into the log, which need no table.")
  boolean heartbeat;

  SourceSetupCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    for (SourceSettings source : chosen.settings()) {
      SetupScript script = program.setup(chosen.configuration(), source);
      chosen.print("-- Source '%s' of the configuration.\n".formatted(source.name()));
      chosen.print(script.text() + (heartbeat ? "\n" + script.heartbeat() : ""));
    }
    return ExitCode.DONE;
  }
}
