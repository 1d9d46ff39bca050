package dev.overseer.bench.views;

import dev.overseer.bench.log.Latencies;
import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Figure;
import dev.overseer.bench.measure.Measurement;
import java.util.List;
import java.util.Random;

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
    Latencies latencies = new Latencies(reads);
    Random random = new Random(7);
    long begun = System.nanoTime();
    for (int i = 0; i < reads; i++) {
      long asked = System.nanoTime();
      histories.read(history, random);
      latencies.add(System.nanoTime() - asked);
    }
    return new Measurement(reads, (System.nanoTime() - begun) / 1e9, figures(latencies));
  }

  static List<Figure> figures(Latencies latencies) {
    return List.of(
        new Figure("read, median", latencies.micros(0.5) / 1e3, "ms"),
        new Figure(P99, latencies.micros(0.99) / 1e3, "ms"));
  }
}
