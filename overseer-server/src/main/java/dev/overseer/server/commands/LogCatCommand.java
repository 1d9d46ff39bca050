package dev.overseer.server.commands;

import dev.overseer.model.Definitions;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.server.transcript.LogSelection;
import dev.overseer.server.transcript.LogTelling;
import dev.overseer.server.transcript.RecordText;
import dev.overseer.server.transcript.ToldRecord;
import dev.overseer.server.transcript.TranscriptLine;
import dev.overseer.store.log.ReadableLog;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code overseer log cat}. */
@Command(
    name = "cat",
    description = {
      "Prints records of the update log, a line for each: its offset, effective time, source, and"
          + " what it says.",
      "With --config it also tells the records of your models that the changes are of."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  overseer log cat --last 20 --follow",
      "  overseer log cat --config overseer.yaml --model withdrawal --key 42",
      "  overseer log cat --source payments --from 2026-01-31 --to 2026-02-01 --json"
    })
final class LogCatCommand implements Callable<Integer> {
  private static final long FOLLOW_EVERY_MILLIS = 500;

  private final Program program;
  private long printed;
  @Spec @Nullable CommandSpec spec;
  @Mixin LogOptions options = new LogOptions();

  @Option(
      names = "--last",
      paramLabel = "RECORDS",
      description = "Begin so many records before the end of the log.")
  long last = Long.MAX_VALUE;

  @Option(names = "--limit", paramLabel = "RECORDS", description = "Print so many at most.")
  long limit = Long.MAX_VALUE;

  @Option(
      names = "--follow",
      description = "Go on as the log grows, until stopped; not together with --from and --to.")
  boolean follow;

  @Option(names = "--json", description = "Print lines of JSON, as export writes them.")
  boolean json;

  LogCatCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() throws InterruptedException {
    LogSelection selection = options.selection();
    if (follow && selection.isOfTime()) {
      throw new InvalidRequest(
          "--follow shows changes before their transactions have times: leave --from and --to out");
    }
    Definitions definitions = options.definitions();
    LogOffset next = print(beginning(selection), definitions);
    while (follow && isWanted() && next.compareTo(selection.toOffset()) < 0) {
      Thread.sleep(FOLLOW_EVERY_MILLIS);
      next = print(selection.from(next), definitions);
    }
    return ExitCode.DONE;
  }

  private LogSelection beginning(LogSelection selection) {
    if (last == Long.MAX_VALUE) {
      return selection;
    }
    try (ReadableLog<LogRecord> log = options.open(program)) {
      LogOffset first = new LogOffset(Math.max(0, log.end().value() - Math.max(0, last)));
      return first.compareTo(selection.fromOffset()) > 0 ? selection.from(first) : selection;
    }
  }

  /** Gives the offset after what there is. */
  private LogOffset print(LogSelection selection, Definitions definitions) {
    try (ReadableLog<LogRecord> log = options.open(program)) {
      new LogTelling(log, definitions, selection).tell(this::print, _ -> {});
      out().flush();
      return log.end().compareTo(selection.fromOffset()) > 0 ? log.end() : selection.fromOffset();
    }
  }

  private boolean print(ToldRecord told) {
    if (isWanted()) {
      out().print((json ? TranscriptLine.text(told) : RecordText.of(told)) + "\n");
      printed++;
    }
    return isWanted();
  }

  /** Not any more when the reader of our output has gone. */
  private boolean isWanted() {
    return printed < limit && (printed % 100 != 0 || !out().checkError());
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }
}
