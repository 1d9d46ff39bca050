package dev.overseer.bench.snapshot;

import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Figure;
import dev.overseer.bench.measure.Measurement;
import dev.overseer.bench.process.OverseerProcess;
import dev.overseer.bench.process.Scrape;
import dev.overseer.bench.process.SparingQuestion;
import dev.overseer.bench.reading.Drain;
import dev.overseer.bench.reading.Installation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Overseer meets the table for the first time in every round: it makes its slot, follows the log,
 * and takes the rows in beside that. It is done when all of them are durable and indexed. There is
 * no check: what existed before is history, and is judged as its triggers come.
 */
final class OverseerContender implements Contender {
  static final String NAME = "overseer";
  private static final String SLOT = "overseer_bank";

  /** All rows are there, but perhaps not durable or indexed. */
  private static final double NEARLY_DONE = 0.999;

  private final Installation installation;
  private final ExistingRows rows;
  private final DoubleSupplier rawBytes;

  /**
   * @param rawBytes what {@code COPY} sends for the whole table
   */
  OverseerContender(Installation installation, ExistingRows rows, DoubleSupplier rawBytes) {
    this.installation = installation;
    this.rows = rows;
    this.rawBytes = rawBytes;
    installation.configure(configuration(rows.server().port()));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Measurement run() {
    installation.restore();
    try (OverseerProcess overseer = installation.start()) {
      Drain drain =
          Drain.watch(
              rows.server(),
              overseer.process(),
              () -> rows.server().sender(SLOT),
              new SparingQuestion(() -> doneShare(overseer)));
      double taken = taken(overseer.metrics());
      overseer.stop();
      if (taken != rows.count()) {
        throw new IllegalStateException(
            "Overseer took in %,.0f rows of %,d".formatted(taken, rows.count()));
      }
      List<Figure> figures = new ArrayList<>(drain.figures());
      figures.addAll(installation.diskFigures(rawBytes.getAsDouble()));
      return new Measurement(rows.count(), drain.seconds(), figures);
    } finally {
      rows.server().dropSlot(SLOT);
    }
  }

  private double doneShare(OverseerProcess overseer) {
    double share = taken(overseer.metrics()) / rows.count();
    if (share < 1) {
      return Math.min(NEARLY_DONE, share);
    }
    // Asked only now: of a moment when all the rows were there.
    Scrape metrics = overseer.metrics();
    double waiting =
        metrics.sum("overseer_update_log_unsynced_records")
            + metrics.sum("overseer_index_lag_records");
    return waiting == 0 && !metrics.isEmpty() ? 1 : NEARLY_DONE;
  }

  private static double taken(Scrape metrics) {
    return metrics.sum("overseer_source_snapshot_rows_total");
  }

  private static String configuration(int port) {
    return """
    dataDirectory: data
    http: { port: 0 }
    canary: { every: 0s }

    sources:
      bank:
        type: postgres
        url: "jdbc:postgresql://127.0.0.1:%1$d/postgres"
        user: postgres
        tables: [public.%2$s]
        slot: %3$s

    models:
      withdrawal: { source: bank, table: public.%2$s, key: id }

    views:
      withdrawal: { root: withdrawal }
    """
        .formatted(port, ExistingRows.TABLE, SLOT);
  }
}
