package dev.overseer.bench.views;

import dev.overseer.bench.measure.Comparison;
import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Occasion;
import dev.overseer.bench.measure.Ratio;
import dev.overseer.testkit.PostgresVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Each kind of reading in turns with Postgres, then reading beside intake. */
final class ViewsBenchmark {
  private static final double PEER_RATIO_MIN = 3;
  private static final int RECORD_READS = 300_000;
  private static final int VIEW_READS = 4_000;
  private static final int SMOKE_PART = 40;
  private static final int SMOKE_READS_PART = 600;
  private static final int BESIDE_INTAKE_MILLIS = 3_000;

  private final Occasion occasion;
  private final PostgresVersion version;

  ViewsBenchmark(Occasion occasion, PostgresVersion version) {
    this.occasion = occasion;
    this.version = version;
  }

  List<Comparison> run() {
    List<Comparison> comparisons = new ArrayList<>();
    try (Histories histories = new Histories(occasion.smoke() ? SMOKE_PART : 1)) {
      try (HistoryTable table = new HistoryTable(version, histories)) {
        occasion.settings().accept("Postgres %d, shared_buffers 512 MB".formatted(version.major()));
        for (Kind kind : Kind.values()) {
          comparisons.add(read(histories, table, kind));
        }
      }
      comparisons.add(besideIntake(histories));
    }
    return comparisons;
  }

  private Comparison read(Histories histories, HistoryTable table, Kind kind) {
    int reads =
        (kind.isView() ? VIEW_READS : RECORD_READS) / (occasion.smoke() ? SMOKE_READS_PART : 1);
    String word = kind.word();
    return occasion
        .protocol()
        .compare(
            kind.title,
            List.of(
                new OverseerReading(histories, kind, reads),
                new PostgresReading(table, histories.of(kind), reads)),
            List.of(
                new Ratio.Ceiling(
                    "views-%s-p99-ms".formatted(word),
                    OverseerReading.NAME,
                    OverseerReading.P99,
                    kind.millisMax),
                new Ratio.Bar(
                    "views-%s-postgres".formatted(word),
                    OverseerReading.NAME,
                    PostgresReading.NAME,
                    PEER_RATIO_MIN)));
  }

  private Comparison besideIntake(Histories histories) {
    List<Contender> readers =
        Stream.of(1, 2, 8)
            .<Contender>map(
                threads ->
                    new ReadingBesideIntake(
                        histories,
                        threads,
                        BESIDE_INTAKE_MILLIS / (occasion.smoke() ? SMOKE_PART : 1)))
            .toList();
    return occasion
        .protocol()
        .compare(
            "reading beside 30,000 updates a second",
            readers,
            List.of(new Ratio.Told("views-8-threads", "8 threads", "1 thread")));
  }
}
