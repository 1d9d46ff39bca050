package dev.overseer.server.commands;

import dev.overseer.server.reading.ExplanationAnswer;
import dev.overseer.server.reading.Question;
import dev.overseer.server.reading.ViewAnswer;
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
    @Mixin DeskOptions options = new DeskOptions();
    @Mixin AskedOptions asked = new AskedOptions();
    @Mixin AsOfOption asOf = new AsOfOption();

    Getting(Program program) {
      this.program = program;
    }

    @Override
    public Integer call() throws Exception {
      Question question = asked.question(asOf.given());
      ViewAnswer answer = options.ask(program, desk -> desk.readings().view(question));
      options.print(answer, ReadingText.of(answer));
      return ExitCode.DONE;
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
    @Mixin DeskOptions options = new DeskOptions();
    @Mixin AskedOptions asked = new AskedOptions();
    @Mixin AsOfOption asOf = new AsOfOption();

    Explaining(Program program) {
      this.program = program;
    }

    @Override
    public Integer call() throws Exception {
      Question question = asked.question(asOf.given());
      ExplanationAnswer answer = options.ask(program, desk -> desk.readings().explain(question));
      options.print(answer, ReadingText.of(answer));
      return ExitCode.DONE;
    }
  }
}
