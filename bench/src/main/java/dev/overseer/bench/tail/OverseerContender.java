package dev.overseer.bench.tail;

import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Figure;
import dev.overseer.bench.measure.Measurement;
import dev.overseer.bench.process.ChecksJar;
import dev.overseer.bench.process.OverseerProcess;
import dev.overseer.bench.process.SparingQuestion;
import dev.overseer.bench.reading.Drain;
import dev.overseer.bench.reading.Installation;
import dev.overseer.server.desk.CheckStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Runs Overseer wholly: everything stored durably, indexed, and judged by a check over both tables.
 * It is done when the check is covered to the end of the backlog and has passed for every
 * withdrawal.
 */
final class OverseerContender implements Contender {
  static final String NAME = "overseer";
  static final String SLOT = "overseer_bank";
  static final String PUBLICATION = "overseer_bank";
  private static final Duration READY_MAX = Duration.ofSeconds(60);

  /** Of a backlog that may be done, but for what cannot be seen in its coverage. */
  private static final double NEARLY_DONE = 0.999;

  private final Installation installation;
  private final Backlog backlog;
  private final DoubleSupplier rawBytes;
  private final Instant begin;
  private final Instant end;

  /**
   * A server whose tables are empty meets Overseer for the first time; what that leaves on disk is
   * where every round starts.
   */
  static void prepare(Installation installation, Backlog backlog) {
    ChecksJar.write(
        installation.directory().resolve("checks/tail-checks.jar"),
        TailChecks.class,
        TailChecks.Withdrawal.class,
        TailChecks.Entry.class,
        TailChecks.WithdrawalBooking.class);
    installation.configure(configuration(backlog.server().port()));
    try (OverseerProcess overseer = installation.start()) {
      overseer.awaitReady(READY_MAX);
      overseer.stop();
    }
    installation.keep();
  }

  /**
   * @param installation prepared
   * @param rawBytes what pgoutput sends for the whole backlog
   * @param begin a time on the server's clock before the first commit of the backlog
   * @param end and one after the last
   */
  OverseerContender(
      Installation installation,
      Backlog backlog,
      DoubleSupplier rawBytes,
      Instant begin,
      Instant end) {
    this.installation = installation;
    this.backlog = backlog;
    this.rawBytes = rawBytes;
    this.begin = begin;
    this.end = end;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Measurement run() {
    backlog.rewind(SLOT);
    installation.restore();
    try (OverseerProcess overseer = installation.start()) {
      Drain drain =
          Drain.watch(
              backlog.server(),
              overseer.process(),
              () -> backlog.server().sender(SLOT),
              new SparingQuestion(() -> doneShare(overseer)));
      double verdicts = verdicts(overseer);
      overseer.stop();
      List<Figure> figures = new ArrayList<>(drain.figures());
      figures.add(new Figure("verdicts", verdicts, ""));
      figures.addAll(installation.diskFigures(rawBytes.getAsDouble()));
      return new Measurement(backlog.changes(), drain.seconds(), figures);
    }
  }

  private double doneShare(OverseerProcess overseer) {
    Optional<Instant> covered =
        overseer.check(TailChecks.CHECK).flatMap(OverseerContender::coveredUntil);
    if (covered.isEmpty()) {
      return 0;
    }
    if (covered.get().isBefore(end)) {
      double time = Duration.between(begin, covered.get()).toMillis();
      return Math.min(NEARLY_DONE, time / Duration.between(begin, end).toMillis());
    }
    return verdicts(overseer) >= backlog.withdrawals() ? 1 : NEARLY_DONE;
  }

  private static Optional<Instant> coveredUntil(CheckStatus check) {
    if (check.failed() > 0 || check.errored() > 0 || check.inconclusive() > 0) {
      throw new IllegalStateException("The backlog must pass its check, but: " + check);
    }
    return check.coveredUntil();
  }

  /** Complete ones that passed: one for each withdrawal, whose changes lie close together. */
  private static double verdicts(OverseerProcess overseer) {
    return overseer
        .metrics()
        .sum("overseer_verdicts_total", "outcome=\"passed\"", "completeness=\"complete\"");
  }

  private static String configuration(int port) {
    return """
    dataDirectory: data
    http: { port: 0 }
    canary: { every: 0s }
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
        .formatted(port, SLOT, PUBLICATION);
  }
}
