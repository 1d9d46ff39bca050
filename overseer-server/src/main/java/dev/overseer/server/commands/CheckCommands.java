package dev.overseer.server.commands;

import dev.overseer.model.InvalidRequest;
import dev.overseer.server.desk.CheckStatus;
import dev.overseer.server.desk.Desk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code overseer check ...}. */
@Command(
    name = "check",
    description = "Looks at the checks, and steers them.",
    synopsisSubcommandLabel = "COMMAND")
final class CheckCommands {
  private CheckCommands() {}

  static List<Object> of(Program program) {
    List<Object> commands = new ArrayList<>();
    commands.add(new Listing(program));
    commands.add(new Covering(program));
    commands.addAll(SteeringCommand.of(program));
    commands.add(new SweepCommand(program));
    return commands;
  }

  @Command(
      name = "coverage",
      description = {
        "Tells how far checks have come, and what is not green up to there: of one, or of all."
      },
      footerHeading = "%nExample:%n",
      footer = "  overseer check coverage withdrawal-is-booked-once")
  static final class Covering implements Callable<Integer> {
    private final Program program;
    @Mixin DeskOptions options = new DeskOptions();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Of this check alone.")
    @Nullable String name;

    Covering(Program program) {
      this.program = program;
    }

    @Override
    public Integer call() throws Exception {
      List<CheckStatus> checks =
          options.ask(program, Desk::checks).stream()
              .filter(check -> name == null || check.name().equals(name))
              .toList();
      if (name != null && checks.isEmpty()) {
        throw new InvalidRequest("There is no check '%s'".formatted(name));
      }
      options.print(
          checks, checks.stream().map(CoverageText::of).collect(Collectors.joining("\n")));
      return ExitCode.DONE;
    }
  }

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
              "MODE",
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
            check.suspended().isPresent() ? "suspended" : check.mode(),
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
