package dev.overseer.server.commands;

import dev.overseer.server.reading.Readings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code overseer view ...}. */
@Command(
    name = "view",
    description = {
      "Reads views as of any time.",
      "With no server running, --config must name its configuration, which defines the views."
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  overseer view get withdrawal-booking/42 --as-of covered",
      "  overseer view explain withdrawal-booking/42 --json"
    })
final class ViewCommands {
  private ViewCommands() {}

  static List<?> of(Program program) {
    return List.of(new Getting(program), new Explaining(program));
  }

  @Command(
      name = "get",
      description = "Shows a root and its members.",
      footerHeading = "%nExample:%n",
      footer = "  overseer view get withdrawal-booking/42 --as-of 2026-01-31T08:00:00Z")
  static final class Getting implements Callable<Integer> {
    private final Program program;
    @Mixin ReadingOptions options = new ReadingOptions();

    Getting(Program program) {
      this.program = program;
    }

    @Override
    public Integer call() throws Exception {
      return options.tell(program, Readings::view, ReadingText::of);
    }
  }

  @Command(
      name = "explain",
      description =
          "Shows a root and its members, which references led to each member, and which updates"
              + " made each value.",
      footerHeading = "%nExample:%n",
      footer = "  overseer view explain withdrawal-booking/42")
  static final class Explaining implements Callable<Integer> {
    private final Program program;
    @Mixin ReadingOptions options = new ReadingOptions();

    Explaining(Program program) {
      this.program = program;
    }

    @Override
    public Integer call() throws Exception {
      return options.tell(program, Readings::explain, ReadingText::of);
    }
  }
}
