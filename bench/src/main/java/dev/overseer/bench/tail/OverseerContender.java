package dev.overseer.bench.tail;

import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Figure;
import dev.overseer.bench.measure.Measurement;
import dev.overseer.bench.process.ChecksJar;
import dev.overseer.bench.process.Directories;
import dev.overseer.bench.process.OverseerProcess;
import dev.overseer.server.desk.CheckStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Runs Overseer wholly: everything stored durably, indexed, and judged by a check over both tables.
 * It is done when the check is covered to the end of the backlog and has passed for every
 * withdrawal.
 */
final class OverseerContender implements Contender {
  static final String SLOT = "overseer_bank";
  static final String PUBLICATION = "overseer_bank";
  private static final Duration READY_MAX = Duration.ofSeconds(60);

  private final Path home;
  private final Path directory;
  private final Backlog backlog;
  private final LongSupplier rawBytes;
  private final Instant end;

  /**
   * A server whose tables are empty meets Overseer for the first time; what that leaves on disk is
   * where every round starts.
   *
   * @param home the source tree whose launcher is used
   * @param directory for configuration and data
   */
  static void prepare(Path home, Path directory, Backlog backlog) {
    ChecksJar.write(
        directory.resolve("checks/tail-checks.jar"),
        TailChecks.class,
        TailChecks.Withdrawal.class,
        TailChecks.Entry.class,
        TailChecks.WithdrawalBooking.class);
    write(directory.resolve("overseer.yaml"), configuration(backlog));
    try (OverseerProcess overseer = start(home, directory)) {
      overseer.awaitReady(READY_MAX);
      overseer.stop();
    }
    Directories.remove(template(directory));
    Directories.copy(data(directory), template(directory));
  }

  /**
   * @param rawBytes what pgoutput sends for the whole backlog
   * @param end a time on the server's clock after the last commit of the backlog
   */
  OverseerContender(
      Path home, Path directory, Backlog backlog, LongSupplier rawBytes, Instant end) {
    this.home = home;
    this.directory = directory;
    this.backlog = backlog;
    this.rawBytes = rawBytes;
    this.end = end;
  }

  @Override
  public String name() {
    return "overseer";
  }

  @Override
  public Measurement run() {
    backlog.rewind(SLOT);
    Directories.remove(data(directory));
    Directories.copy(template(directory), data(directory));
    double serverCpu = backlog.serverCpuSeconds();
    try (OverseerProcess overseer = start(home, directory)) {
      Drain drain =
          Drain.watch(
              backlog,
              SLOT,
              overseer.process(),
              serverCpu,
              () ->
                  overseer.check(TailChecks.CHECK).filter(this::isCovered).isPresent()
                      && verdicts(overseer) >= backlog.withdrawals());
      double verdicts = verdicts(overseer);
      overseer.stop();
      return new Measurement(backlog.changes(), drain.seconds(), figures(drain, verdicts));
    }
  }

  /** Complete ones that passed: one for each withdrawal, whose changes lie close together. */
  private static double verdicts(OverseerProcess overseer) {
    return overseer.metric(
        "overseer_verdicts_total", "outcome=\"passed\"", "completeness=\"complete\"");
  }

  private boolean isCovered(CheckStatus check) {
    if (check.failed() > 0 || check.errored() > 0 || check.inconclusive() > 0) {
      throw new IllegalStateException("The backlog must pass its check, but: " + check);
    }
    return check.coveredUntil().filter(covered -> !covered.isBefore(end)).isPresent();
  }

  private List<Figure> figures(Drain drain, double verdicts) {
    List<Figure> figures = new ArrayList<>(drain.figures());
    figures.add(new Figure("verdicts", verdicts, ""));
    double raw = rawBytes.getAsLong();
    double before = Directories.bytes(template(directory));
    double after = Directories.bytes(data(directory));
    figures.add(new Figure("disk per raw byte", (after - before) / raw, "bytes"));
    for (Path part : Directories.entries(data(directory))) {
      figures.add(
          new Figure(
              "disk per raw byte, " + part.getFileName(), Directories.bytes(part) / raw, "bytes"));
    }
    return figures;
  }

  private static OverseerProcess start(Path home, Path directory) {
    return OverseerProcess.start(
        home,
        directory.resolve("overseer.yaml"),
        data(directory),
        directory.resolve("overseer.log"));
  }

  private static Path data(Path directory) {
    return directory.resolve("data");
  }

  private static Path template(Path directory) {
    return directory.resolve("template");
  }

  private static String configuration(Backlog backlog) {
    return """
    dataDirectory: data
    http: { port: 0 }
    checks: { directory: checks }

    sources:
      bank:
        type: postgres
        url: "jdbc:postgresql://127.0.0.1:%d/postgres"
        user: postgres
        tables: [public.withdrawals, public.entries]
        slot: %s
        publication: %s

    models:
      withdrawal: { source: bank, table: public.withdrawals, key: id }
      entry:      { source: bank, table: public.entries, key: id, references: { withdrawal: withdrawal_id } }

    views:
      withdrawal-booking: { root: withdrawal, join: { entries: { model: entry, by: withdrawal, many: true } } }
    """
        .formatted(backlog.port(), SLOT, PUBLICATION);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }
}
