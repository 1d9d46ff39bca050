package dev.overseer.server.commands;

import dev.overseer.server.json.Json;
import dev.overseer.server.sources.SourceReport;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code overseer source test}. */
@Command(
    name = "test",
    description = {
      "Holds databases against all that is required to tail them, and says what to do.",
      "It needs no running server, and changes nothing. What is advised can wait; what is missing"
          + " cannot."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:nothing is missing", "2:something is missing; what to do is printed"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  overseer source test",
      "  overseer source test payments --config overseer.yaml --json"
    })
final class SourceTestCommand implements Callable<Integer> {
  private final Program program;
  @Mixin ChosenSources chosen = new ChosenSources();

  @Option(names = "--json", description = "Print JSON instead of a table.")
  boolean json;

  SourceTestCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    List<SourceReport> reports =
        chosen.settings().stream()
            .map(source -> program.examine(chosen.configuration(), source))
            .toList();
    chosen.print(json ? Json.writeIndented(reports) + "\n" : SourceReportText.of(reports));
    return reports.stream().allMatch(SourceReport::ready) ? ExitCode.DONE : ExitCode.INVALID;
  }
}
