package dev.overseer.server.commands;

import dev.overseer.server.desk.IncidentSummary;
import dev.overseer.server.desk.Page;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code overseer incident ...}. */
@Command(
    name = "incident",
    description = "Looks at troubles of sources, checks and storage.",
    synopsisSubcommandLabel = "COMMAND")
final class IncidentCommands {

  @Command(
      name = "list",
      description = "Lists incidents, those that changed last first.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  overseer incident list",
        "  overseer incident list --state all --kind source-stale"
      })
  static final class Listing implements Callable<Integer> {
    private final Program program;
    @Mixin DeskOptions options = new DeskOptions();
    @Mixin QueryOptions query = new QueryOptions();

    @Option(names = "--kind", paramLabel = "KIND", description = "Only those of this kind.")
    String kind = "";

    Listing(Program program) {
      this.program = program;
    }

    @Override
    public Integer call() throws Exception {
      Page<IncidentSummary> page = options.ask(program, desk -> desk.incidents(query.query(kind)));
      Table table = new Table("STATE", "KIND", "SUBJECT", "SINCE", "CHANGED", "WHAT");
      for (IncidentSummary incident : page.items()) {
        table.row(
            incident.state(),
            incident.kind(),
            incident.subject(),
            Shown.time(incident.openedAt()),
            Shown.time(incident.changedAt()),
            incident.text());
      }
      options.print(page, query.shown(table, page, "incidents"));
      return ExitCode.DONE;
    }
  }
}
