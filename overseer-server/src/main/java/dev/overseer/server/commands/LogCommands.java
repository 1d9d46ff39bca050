package dev.overseer.server.commands;

import java.util.List;
import picocli.CommandLine.Command;

/** {@code overseer log ...}. */
@Command(
    name = "log",
    description = {
      "Reads the update log, which holds every change as it was received.",
      "It asks no server and disturbs none: it reads what is on the disk."
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  overseer log cat --last 20",
      "  overseer log cat --config overseer.yaml --model withdrawal --key 42",
      "  overseer log stats",
      "  overseer log export --output updates.ndjson",
      "  overseer log import updates.ndjson --data-dir copy --keep-identity"
    })
final class LogCommands {
  private LogCommands() {}

  static List<?> of(Program program) {
    return List.of(
        new LogCatCommand(program),
        new LogStatsCommand(program),
        new LogExportCommand(program),
        new LogImportCommand(program));
  }
}
