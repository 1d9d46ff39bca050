package dev.overseer.server.commands;

import dev.overseer.server.reading.Readings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code overseer record ...}. */
@Command(
    name = "record",
    description = {
      "Reads records as of any time.",
      "With no server running, --config must name its configuration, which defines the models."
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  overseer record get withdrawal/42",
      "  overseer record get withdrawal/42 --as-of 2026-01-31T08:00:00Z --known-at 1200",
      "  overseer record history withdrawal/42 --limit 10",
      "  overseer record diff withdrawal/42 --from 2026-01-31 --to covered",
      "  overseer record get transfer --key region=eu --key number=7 --json"
    })
final class RecordCommands {
  private RecordCommands() {}

  static List<?> of(Program program) {
    return List.of(
        new Getting(program),
        new HistoryTelling(program),
        new Comparing(program),
        new RawShowing(program));
  }

  @Command(
      name = "get",
      description =
          "Shows a record: each column's value, whether it is known, and the update it comes from.",
      footerHeading = "%nExample:%n",
      footer = "  overseer record get withdrawal/42 --as-of covered")
  static final class Getting implements Callable<Integer> {
    private final Program program;
    @Mixin ReadingOptions options = new ReadingOptions();

    Getting(Program program) {
      this.program = program;
    }

    @Override
    public Integer call() throws Exception {
      return options.tell(program, Readings::record, ReadingText::of);
    }
  }

  @Command(
      name = "history",
      description = "Shows what each of a record's updates changed, the last one first.",
      footerHeading = "%nExample:%n",
      footer = "  overseer record history withdrawal/42 --limit 10")
  static final class HistoryTelling implements Callable<Integer> {
    private final Program program;
    @Mixin ReadingOptions options = new ReadingOptions();
    @Mixin RangeOptions range = new RangeOptions();

    HistoryTelling(Program program) {
      this.program = program;
    }

    @Override
    public Integer call() throws Exception {
      return options.tell(
          program,
          (readings, question) -> readings.history(question, range.range()),
          it -> HistoryText.of(it) + range.shown(it.items().size(), it.total()));
    }
  }

  @Command(
      name = "diff",
      description = "Shows in what a record differs between two times.",
      footerHeading = "%nExample:%n",
      footer = "  overseer record diff withdrawal/42 --from 2026-01-31 --to 2026-02-01")
  static final class Comparing implements Callable<Integer> {
    private final Program program;
    @Mixin DeskOptions options = new DeskOptions();
    @Mixin AskedOptions asked = new AskedOptions();

    @Option(
        names = "--from",
        required = true,
        paramLabel = "TIME",
        description = "The first time, as --as-of of record get takes it.")
    String from = "";

    @Option(
        names = "--to",
        paramLabel = "TIME",
        description = "The second one. Default: the latest.")
    String to = "latest";

    Comparing(Program program) {
      this.program = program;
    }

    @Override
    public Integer call() throws Exception {
      RecordDifference difference =
          options.ask(
              program,
              desk ->
                  RecordDifference.between(
                      desk.readings().record(asked.question(Optional.of(from))),
                      desk.readings().record(asked.question(Optional.of(to)))));
      options.print(difference, difference.toText());
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "raw",
      description = "Shows a record's updates exactly as they were received, the last one first.",
      footerHeading = "%nExample:%n",
      footer = "  overseer record raw withdrawal/42 --limit 1 --json")
  static final class RawShowing implements Callable<Integer> {
    private final Program program;
    @Mixin ReadingOptions options = new ReadingOptions();
    @Mixin RangeOptions range = new RangeOptions();

    RawShowing(Program program) {
      this.program = program;
    }

    @Override
    public Integer call() throws Exception {
      return options.tell(
          program,
          (readings, question) -> readings.raw(question, range.range()),
          it -> HistoryText.of(it) + range.shown(it.items().size(), it.total()));
    }
  }
}
