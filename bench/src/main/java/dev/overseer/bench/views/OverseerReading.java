package dev.overseer.bench.views;

import dev.overseer.bench.log.Latencies;
import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Figure;
import dev.overseer.bench.measure.Measurement;
import java.util.List;

/** One thread reads what it needs by the index, and folds it. */
final class OverseerReading implements Contender {
  static final String NAME = "overseer";
  static final String P99 = "read, p99";

  private final Histories histories;
  private final Histories.History history;
  private final int reads;

  OverseerReading(Histories histories, Kind kind, int reads) {
    this.histories = histories;
    this.history = histories.of(kind);
    this.reads = reads;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Measurement run() {
    TimedReads timed = TimedReads.of(reads, random -> histories.read(history, random));
    return new Measurement(reads, timed.seconds(), figures(timed.latencies()));
  }

  static List<Figure> figures(Latencies latencies) {
    return List.of(
        new Figure("read, median", latencies.micros(0.5) / 1e3, "ms"),
        new Figure(P99, latencies.micros(0.99) / 1e3, "ms"));
  }
}
