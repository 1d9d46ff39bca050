package dev.overseer.server.commands;

import dev.overseer.model.LogRecord;
import dev.overseer.server.json.Json;
import dev.overseer.server.transcript.LogSelection;
import dev.overseer.server.transcript.LogStatistics;
import dev.overseer.server.transcript.LogStatistics.Row;
import dev.overseer.server.transcript.LogStatistics.Summary;
import dev.overseer.server.transcript.LogTelling;
import dev.overseer.server.transcript.StoredSize;
import dev.overseer.store.log.ReadableLog;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code overseer log stats}. */
@Command(
    name = "stats",
    description = {
      "Counts the records of the update log by source, table and kind, with their raw bytes: those"
          + " that were received from the sources.",
      "Segments and stored bytes are of the whole log, whatever is selected."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  overseer log stats --data-dir /var/lib/overseer",
      "  overseer log stats --source payments --from 2026-01-31 --json"
    })
final class LogStatsCommand implements Callable<Integer> {
  private final Program program;
  @Spec @Nullable CommandSpec spec;
  @Mixin LogOptions options = new LogOptions();

  @Option(names = "--json", description = "Print JSON instead of a table.")
  boolean json;

  /** What is printed. */
  record Answer(Summary selected, StoredSize log, Optional<Double> storedForEachRawByte) {}

  LogStatsCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    Summary selected = count();
    StoredSize log = StoredSize.of(options.updates(program));
    Answer answer = new Answer(selected, log, ratio(selected, log));
    PrintWriter out = line().getOut();
    out.print(json ? Json.writeIndented(answer) + "\n" : text(answer));
    out.flush();
    return ExitCode.DONE;
  }

  private Summary count() {
    LogStatistics statistics = new LogStatistics();
    try (ReadableLog<LogRecord> log = options.open(program)) {
      LogTelling telling = new LogTelling(log, options.definitions(), options.selection());
      try (ProgressLine progress = new ProgressLine(line().getErr(), telling.size(), "records")) {
        telling.tell(
            told -> {
              statistics.add(told);
              return true;
            },
            progress);
      }
    }
    return statistics.summary();
  }

  private static String text(Answer answer) {
    Table table = new Table("SOURCE", "TABLE", "KIND", "RECORDS", "RAW BYTES");
    for (Row row : answer.selected().rows()) {
      table.row(
          row.source(),
          row.table().isEmpty() ? "-" : row.table(),
          row.kind(),
          number(row.records()),
          number(row.rawBytes()));
    }
    Summary selected = answer.selected();
    return table
        + "%s records, %s updates, %s raw bytes, from %s to %s.%n"
            .formatted(
                number(selected.records()),
                number(selected.updates()),
                number(selected.rawBytes()),
                Shown.time(selected.from()),
                Shown.time(selected.to()))
        + "The log: %s stored bytes in %d segments%s.%n"
            .formatted(
                number(answer.log().bytes()),
                answer.log().segments(),
                answer
                    .storedForEachRawByte()
                    .map(it -> String.format(Locale.ROOT, ", %.2f for each raw byte", it))
                    .orElse(""));
  }

  /** Known when the raw bytes of the whole log were counted. */
  private Optional<Double> ratio(Summary selected, StoredSize log) {
    boolean isWhole = options.selection().equals(LogSelection.ALL) && selected.rawBytes() > 0;
    return isWhole ? Optional.of(log.bytes() / (double) selected.rawBytes()) : Optional.empty();
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private picocli.CommandLine line() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
