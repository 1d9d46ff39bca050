package dev.overseer.bench.views;

import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Figure;
import dev.overseer.bench.measure.Measurement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** One connection asks {@link HistoryTable} the same. */
final class PostgresReading implements Contender {
  static final String NAME = "postgres";

  private static final int EXPLAINED = 50;

  private final HistoryTable table;
  private final Histories.History history;
  private final int reads;

  PostgresReading(HistoryTable table, Histories.History history, int reads) {
    this.table = table;
    this.history = history;
    this.reads = reads;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Measurement run() {
    TimedReads timed = TimedReads.of(reads, random -> table.read(history, random));
    List<Figure> figures = new ArrayList<>(OverseerReading.figures(timed.latencies()));
    figures.add(
        new Figure("in the server alone, median", serverMillis(new Random(EXPLAINED)), "ms"));
    return new Measurement(reads, timed.seconds(), figures);
  }

  private double serverMillis(Random random) {
    double[] millis = new double[EXPLAINED];
    for (int i = 0; i < EXPLAINED; i++) {
      millis[i] = table.serverMillis(history, random);
    }
    Arrays.sort(millis);
    return millis[EXPLAINED / 2];
  }
}
