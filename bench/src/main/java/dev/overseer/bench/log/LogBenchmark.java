package dev.overseer.bench.log;

import dev.overseer.bench.measure.Comparison;
import dev.overseer.bench.measure.Occasion;
import dev.overseer.bench.measure.Ratio;
import java.util.List;

/** The log against its limit and its peer, its latency at a steady rate, and its reading. */
final class LogBenchmark {
  private static final double RATE_MIN = 150_000;
  private static final double PEER_RATIO_MIN = 3;
  private static final double INDEX_BYTES_MAX = 60;
  private static final double APPEND_MILLIS_MAX = 20;
  private static final double READ_MICROS_MAX = 50;
  private static final int PACED_SECONDS = 20;
  private static final int READS = 1_000_000;

  private final Occasion occasion;
  private final long count;

  LogBenchmark(Occasion occasion, long count) {
    this.occasion = occasion;
    this.count = count;
  }

  List<Comparison> run() {
    occasion
        .settings()
        .accept(
            "%,d updates of %d bytes, %d a record, transactions of 100"
                .formatted(count, GeneratedUpdates.BYTES, GeneratedUpdates.PER_RECORD));
    return List.of(appended(), paced(), read());
  }

  private Comparison appended() {
    OverseerContender overseer = new OverseerContender(count);
    return occasion
        .protocol()
        .compare(
            "append and index",
            List.of(
                overseer,
                new FileContender(count, overseer::groupUpdates),
                new RocksContender(count, overseer::groupUpdates)),
            List.of(
                new Ratio.Floor("log-rate", OverseerContender.NAME, RATE_MIN),
                new Ratio.Bar(
                    "log-rocksdb", OverseerContender.NAME, RocksContender.NAME, PEER_RATIO_MIN),
                new Ratio.Told("log-file", OverseerContender.NAME, FileContender.NAME),
                new Ratio.Ceiling(
                    "log-index-bytes",
                    OverseerContender.NAME,
                    OverseerContender.INDEX_BYTES,
                    INDEX_BYTES_MAX)));
  }

  private Comparison paced() {
    return occasion
        .protocol()
        .compare(
            "30,000 a second",
            List.of(new PacedAppending(occasion.smoke() ? 1 : PACED_SECONDS)),
            List.of(
                new Ratio.Ceiling(
                    "log-append-p99-ms",
                    PacedAppending.NAME,
                    PacedAppending.P99,
                    APPEND_MILLIS_MAX)));
  }

  private Comparison read() {
    return occasion
        .protocol()
        .compare(
            "reading",
            List.of(new Reading(occasion.smoke() ? READS / 20 : READS)),
            List.of(
                new Ratio.Ceiling("log-read-p99-us", Reading.NAME, Reading.P99, READ_MICROS_MAX)));
  }
}
