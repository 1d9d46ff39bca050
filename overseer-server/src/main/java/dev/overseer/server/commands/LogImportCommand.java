package dev.overseer.server.commands;

import dev.overseer.model.InvalidRequest;
import dev.overseer.server.transcript.TranscriptImport;
import dev.overseer.server.transcript.TranscriptImport.Imported;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code overseer log import}. */
@Command(
    name = "import",
    description = {
      "Makes an update log of what 'log export' wrote in its default format without filters, in an"
          + " empty data directory: the same records at the same offsets.",
      "All of it is imported or nothing: what is cut off, altered or malformed is reported line by"
          + " line."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  overseer log import updates.ndjson --data-dir copy",
      "  zstd -dc updates.ndjson.zst | overseer log import - --data-dir copy --keep-identity"
    })
final class LogImportCommand implements Callable<Integer> {
  private static final String STDIN = "-";

  private final Program program;
  @Spec @Nullable CommandSpec spec;
  @Mixin DataOptions data = new DataOptions();

  @Parameters(paramLabel = "FILE", description = "The file; - for standard input.")
  String file = "";

  @Option(
      names = "--keep-identity",
      description =
          "Give the log the identity of the one that was exported, which the new one then stands"
              + " for. Without it the log is another one with the same records.")
  boolean keepIdentity;

  LogImportCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() throws IOException {
    Path directory = program.updates(data.directory());
    try (InputStream in = open();
        ProgressLine progress = new ProgressLine(line().getErr(), 0, "records")) {
      Imported imported =
          new TranscriptImport(directory, old -> keepIdentity ? old : UUID.randomUUID(), progress)
              .run(file.equals(STDIN) ? "Standard input" : file, in);
      line()
          .getErr()
          .printf(
              Locale.ROOT,
              "%,d records are in %s, a log with the identity %s.%n",
              imported.records(),
              directory,
              imported.identity());
    }
    return ExitCode.DONE;
  }

  private InputStream open() throws IOException {
    if (file.equals(STDIN)) {
      return System.in;
    }
    try {
      return Files.newInputStream(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new InvalidRequest("There is no file " + file, e);
    }
  }

  private picocli.CommandLine line() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
