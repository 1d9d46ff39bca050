package dev.overseer.server.commands;

import dev.overseer.server.desk.CheckStatus;
import dev.overseer.server.desk.Desk;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code overseer check ...}. */
@Command(name = "check", description = "Looks at the checks.", synopsisSubcommandLabel = "COMMAND")
final class CheckCommands {

  @Command(
      name = "list",
      description = {
        "Lists the checks and their coverage: everything up to COVERED is judged.",
        "AHEAD is what is not yet due, WAITING what is due and waits for a source."
      },
      footerHeading = "%nExample:%n",
      footer = "  overseer check list --json")
  static final class Listing implements Callable<Integer> {
    private final Program program;
    @Mixin DeskOptions options = new DeskOptions();

    Listing(Program program) {
      this.program = program;
    }

    @Override
    public Integer call() throws Exception {
      List<CheckStatus> checks = options.ask(program, Desk::checks);
      Table table =
          new Table(
              "CHECK",
              "GREEN",
              "COVERED",
              "BEHIND",
              "FAILED",
              "INCONCLUSIVE",
              "ERRORED",
              "AHEAD",
              "WAITING",
              "OPEN");
      for (CheckStatus check : checks) {
        table.row(
            check.name(),
            check.green() ? "yes" : "no",
            Shown.time(check.coveredUntil()),
            Shown.span(check.behindMillis()),
            check.failed(),
            check.inconclusive(),
            check.errored(),
            check.notYetDue(),
            check.dueButStale(),
            check.openViolations());
      }
      options.print(checks, table.toString());
      return ExitCode.DONE;
    }
  }
}
