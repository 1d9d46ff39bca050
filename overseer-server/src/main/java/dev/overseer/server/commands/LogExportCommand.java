package dev.overseer.server.commands;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Unavailable;
import dev.overseer.server.parquet.ChangeTable;
import dev.overseer.server.transcript.LogTelling;
import dev.overseer.server.transcript.ToldRecord;
import dev.overseer.server.transcript.TranscriptLine.Header;
import dev.overseer.server.transcript.TranscriptWriter;
import dev.overseer.store.disk.Disk;
import dev.overseer.store.log.ReadableLog;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code overseer log export}. */
@Command(
    name = "export",
    description = {
      "Writes the update log down: as lines of JSON, every one with all that its record holds, from"
          + " which 'log import' makes an identical log; or as a Parquet table of changes.",
      "With --config the lines also tell the records of your models that the changes are of. What"
          + " they hold is in docs/reference/log-commands.md."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  overseer log export --output updates.ndjson",
      "  overseer log export | zstd > updates.ndjson.zst",
      "  overseer log export --format parquet --config overseer.yaml --output updates.parquet"
    })
final class LogExportCommand implements Callable<Integer> {
  private final Program program;
  @Spec @Nullable CommandSpec spec;
  @Mixin LogOptions options = new LogOptions();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "ndjson",
      description = "ndjson or parquet. Default: ${DEFAULT-VALUE}.")
  Format format = Format.NDJSON;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to; what is there is replaced when all is written. Default: stdout.")
  @Nullable Path output;

  /** What can be written. */
  enum Format {
    NDJSON,
    PARQUET
  }

  LogExportCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() throws IOException {
    if (output == null) {
      requireLines();
      print();
      return ExitCode.DONE;
    }
    Path unfinished = output.resolveSibling(output.getFileName() + Disk.UNFINISHED);
    try {
      long written = write(unfinished);
      Files.move(unfinished, output, StandardCopyOption.REPLACE_EXISTING);
      line().getErr().printf(Locale.ROOT, "%,d records are in %s.%n", written, output);
      return ExitCode.DONE;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private void requireLines() {
    if (format != Format.NDJSON) {
      throw new InvalidRequest("Parquet is written into a file: name it with --output");
    }
  }

  private void print() throws IOException {
    PrintWriter out = line().getOut();
    writeLines(new BufferedWriter(out));
    if (out.checkError()) {
      throw new Unavailable("Not all was taken on standard output");
    }
  }

  private long write(Path file) throws IOException {
    return switch (format) {
      case NDJSON -> {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
          yield writeLines(writer);
        }
      }
      case PARQUET -> {
        try (ChangeTable table = ChangeTable.create(file);
            ReadableLog<LogRecord> log = options.open(program)) {
          tell(log, table::add);
          yield table.rows();
        }
      }
    };
  }

  private void tell(ReadableLog<LogRecord> log, Consumer<ToldRecord> to) {
    LogTelling telling = new LogTelling(log, options.definitions(), options.selection());
    try (ProgressLine progress = new ProgressLine(line().getErr(), telling.size(), "records")) {
      telling.tell(
          told -> {
            to.accept(told);
            return true;
          },
          progress);
    }
  }

  private long writeLines(Writer writer) throws IOException {
    try (ReadableLog<LogRecord> log = options.open(program)) {
      Header header = new Header(log.identity(), options.selection().isBeginning());
      TranscriptWriter transcript = new TranscriptWriter(writer, header);
      tell(log, transcript::add);
      long written = transcript.end();
      writer.flush();
      return written;
    }
  }

  private picocli.CommandLine line() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
