package dev.overseer.server.commands;

import dev.overseer.model.InvalidRequest;
import dev.overseer.server.audit.Heads;
import dev.overseer.server.audit.SignedHeads;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.store.log.ChainHead;
import dev.overseer.store.log.LogDamage;
import dev.overseer.store.log.LogVerification.Progress;
import dev.overseer.store.log.VerifiedLog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code overseer verify}. */
@Command(
    name = "verify",
    description = {
      "Reads every byte of the logs and proves that nothing in them was altered.",
      "Each packed segment says the SHA-256 of the one before it: who has kept the last one, the"
          + " head, can tell that nothing before it was changed, removed or put in. Works on a"
          + " running server's directory too."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the logs are as they were written",
      "1:something is damaged, and printed",
      "2:a file of heads, a signature or a key is wrong",
      "3:the disk or the archive does not answer"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  overseer verify",
      "  overseer verify --archive --config overseer.yaml",
      "  overseer verify --write-heads heads.txt --sign auditor-key.pem",
      "  overseer verify --heads heads.txt --trust auditor-public.pem"
    })
final class VerifyCommand implements Callable<Integer> {
  private final Program program;
  @Spec @Nullable CommandSpec spec;
  @Mixin DataOptions data = new DataOptions();

  @Option(names = "--archive", description = "Verify the archive that --config names instead.")
  boolean archive;

  @Option(
      names = "--heads",
      paramLabel = "FILE",
      description = "Heads that were kept: the logs must still contain them.")
  @Nullable Path heads;

  @Option(
      names = "--trust",
      paramLabel = "PUBLIC-KEY",
      description = "The heads must be signed under this Ed25519 key (PEM).")
  @Nullable Path trusted;

  @Option(
      names = "--write-heads",
      paramLabel = "FILE",
      description = "Write the heads here, for an auditor to keep.")
  @Nullable Path writeHeads;

  @Option(
      names = "--sign",
      paramLabel = "PRIVATE-KEY",
      description = "Sign the heads under this Ed25519 key (PEM), to FILE.sig.")
  @Nullable Path signing;

  VerifyCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    Optional<Heads> kept =
        Optional.ofNullable(heads)
            .map(file -> SignedHeads.read(file, Optional.ofNullable(trusted)));
    List<VerifiedLog> logs = verify();
    List<String> problems = new ArrayList<>();
    Table table = new Table("LOG", "RECORDS", "CHAINED", "HEAD");
    for (VerifiedLog log : logs) {
      table.row(log.log(), log.end(), log.chained(), head(log));
      log.damage().ifPresent(damage -> problems.add(text(log, damage)));
    }
    kept.ifPresent(them -> problems.addAll(missing(them, logs)));
    print(table.toString());
    logs.stream().filter(log -> log.start().value() > 0).forEach(this::tellStart);
    logs.stream().filter(log -> log.thinned() > 0).forEach(this::tellDeletions);
    problems.forEach(problem -> print(problem + "\n"));
    if (!problems.isEmpty()) {
      return ExitCode.FAILED;
    }
    print(
        kept.map(them -> "As it was, and as it was kept on " + them.at()).orElse("As it was")
            + ".\n");
    writeHeads(logs);
    return ExitCode.DONE;
  }

  private List<VerifiedLog> verify() {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    try (ProgressLine line = new ProgressLine(err, 0, "KB")) {
      Progress progress = (bytes, ofBytes) -> line.show(bytes >> 10, ofBytes >> 10);
      return archive
          ? program.verifyArchive(configuration(), progress)
          : program.verify(data.existing(), progress);
    }
  }

  private Configuration configuration() {
    if (data.config == null) {
      throw new InvalidRequest("--config must say where the archive is");
    }
    return Configuration.read(data.config);
  }

  private static String head(VerifiedLog log) {
    return log.heads().isEmpty()
        ? "none: no segment is packed yet"
        : log.heads().getLast().sha256().hex();
  }

  private static String text(VerifiedLog log, LogDamage damage) {
    return "DAMAGED: the log '%s' from the record at offset %s on: %s at position %d: %s"
        .formatted(log.log(), damage.offset(), damage.file(), damage.position(), damage.what());
  }

  private static List<String> missing(Heads kept, List<VerifiedLog> logs) {
    List<String> missing = new ArrayList<>();
    for (ChainHead head : kept.heads()) {
      if (logs.stream().noneMatch(log -> log.heads().contains(head))) {
        missing.add(
            "DAMAGED: the log '%s' does not contain the head that was kept: %s at offset %s"
                .formatted(head.log(), head.sha256(), head.end()));
      }
    }
    return missing;
  }

  private void tellStart(VerifiedLog log) {
    print(
        "The log '%s' is on this disk from offset %s on; --archive verifies what is before it.%n"
            .formatted(log.log(), log.start()));
  }

  private void tellDeletions(VerifiedLog log) {
    print(
        "The log '%s' has %d segments that changes were deleted from by retention, as the journal says.%n"
            .formatted(log.log(), log.thinned()));
  }

  private void writeHeads(List<VerifiedLog> logs) {
    if (writeHeads == null) {
      return;
    }
    List<ChainHead> last =
        logs.stream()
            .filter(log -> !log.heads().isEmpty())
            .map(log -> log.heads().getLast())
            .toList();
    Heads now = new Heads(InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS), last);
    SignedHeads.write(now, writeHeads, Optional.ofNullable(signing));
    print("The heads are in %s%n%s".formatted(writeHeads, now.text()));
  }

  private void print(String text) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.print(text);
    out.flush();
  }
}
