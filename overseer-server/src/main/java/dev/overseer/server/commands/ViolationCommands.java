package dev.overseer.server.commands;

import dev.overseer.model.InvalidRequest;
import dev.overseer.server.desk.Page;
import dev.overseer.server.desk.ViolationDetail;
import dev.overseer.server.desk.ViolationSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code overseer violation ...}. */
@Command(
    name = "violation",
    description = "Looks at violations, and tells Overseer what people do about them.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  overseer violation list --check withdrawal-is-booked-once",
      "  overseer violation show 3f2a91c0",
      "  overseer violation snooze 3f2a91c0 --for 2h",
      "  overseer violation accept 3f2a91c0 --reason \"agreed with finance\""
    })
final class ViolationCommands {
  private ViolationCommands() {}

  static List<?> of(Program program) {
    List<Object> commands = new ArrayList<>(List.of(new Listing(program), new Showing(program)));
    commands.addAll(ActionCommand.of(program));
    return commands;
  }

  @Command(
      name = "list",
      description = "Lists violations, those that changed last first.",
      footerHeading = "%nExamples:%n",
      footer = {"  overseer violation list", "  overseer violation list --state all --json"})
  static final class Listing implements Callable<Integer> {
    private final Program program;
    @Mixin DeskOptions options = new DeskOptions();
    @Mixin QueryOptions query = new QueryOptions();

    @Option(names = "--check", paramLabel = "NAME", description = "Only those of this check.")
    String check = "";

    Listing(Program program) {
      this.program = program;
    }

    @Override
    public Integer call() throws Exception {
      Page<ViolationSummary> page =
          options.ask(program, desk -> desk.violations(query.query(check)));
      Table table = new Table("ID", "STATE", "CHECK", "ROOT", "OPENED", "REASONS");
      for (ViolationSummary violation : page.items()) {
        table.row(
            Shown.id(violation.id()),
            violation.state(),
            violation.check(),
            violation.root(),
            Shown.time(violation.openedAt()),
            violation.reasons().stream()
                .map(ViolationSummary.Reason::code)
                .collect(Collectors.joining(", ")));
      }
      options.print(page, query.shown(table, page, "violations"));
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "show",
      description = "Shows one violation: what is wrong, the evidence, and its history.",
      footerHeading = "%nExample:%n",
      footer = "  overseer violation show 3f2a91c0")
  static final class Showing implements Callable<Integer> {
    private final Program program;
    @Mixin DeskOptions options = new DeskOptions();

    @Parameters(paramLabel = "ID", description = "Its id, or the beginning of it.")
    String id = "";

    Showing(Program program) {
      this.program = program;
    }

    @Override
    public Integer call() throws Exception {
      ViolationDetail detail =
          options
              .ask(program, desk -> desk.violation(id))
              .orElseThrow(
                  () ->
                      new InvalidRequest(
                          "There is no violation %s: see overseer violation list --state all"
                              .formatted(id)));
      options.print(detail, ViolationText.of(detail));
      return ExitCode.DONE;
    }
  }
}
