package dev.overseer.server.commands;

import dev.overseer.server.desk.Desk;
import dev.overseer.server.desk.SourceStatus;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code overseer source ...}. */
@Command(
    name = "source",
    description = "Looks at the watched databases, and prepares them.",
    synopsisSubcommandLabel = "COMMAND")
final class SourceCommands {
  private SourceCommands() {}

  static List<?> of(Program program) {
    return List.of(
        new Listing(program), new SourceTestCommand(program), new SourceSetupCommand(program));
  }

  @Command(
      name = "list",
      description = "Lists the sources: how fresh each is, and what troubles it.",
      footerHeading = "%nExample:%n",
      footer = "  overseer source list --data-dir /var/lib/overseer")
  static final class Listing implements Callable<Integer> {
    private final Program program;
    @Mixin DeskOptions options = new DeskOptions();

    Listing(Program program) {
      this.program = program;
    }

    @Override
    public Integer call() throws Exception {
      List<SourceStatus> sources = options.ask(program, Desk::sources);
      Table table = new Table("SOURCE", "STATE", "WATERMARK", "BEHIND", "UPDATES", "TROUBLE");
      for (SourceStatus source : sources) {
        table.row(
            source.name(),
            source.stale() ? source.state() + ", stale" : source.state(),
            Shown.time(source.watermark()),
            Shown.span(source.behindMillis()),
            source.updates(),
            source.trouble().or(source::reading).orElse("-"));
      }
      options.print(sources, table.toString());
      return ExitCode.DONE;
    }
  }
}
