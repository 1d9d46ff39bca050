package dev.overseer.server.commands;

import dev.overseer.model.SourceName;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.configuration.SourceSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which sources of which configuration a command is about, and where it prints. */
final class ChosenSources {
  @Spec(Target.MIXEE)
  @Nullable CommandSpec command;

  private @Nullable Configuration read;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "overseer.yaml",
      description = "The configuration. Default: ${DEFAULT-VALUE}.")
  Path config = Path.of("");

  @Parameters(
      paramLabel = "SOURCE",
      arity = "0..1",
      description = "One source of it. Default: all of them.")
  @Nullable String source;

  Configuration configuration() {
    Configuration configuration = read == null ? Configuration.read(config) : read;
    read = configuration;
    return configuration;
  }

  List<SourceSettings> settings() {
    return source == null
        ? configuration().sources()
        : List.of(configuration().source(new SourceName(source)));
  }

  void print(String text) {
    PrintWriter out = Objects.requireNonNull(command).commandLine().getOut();
    out.print(text);
    out.flush();
  }
}
