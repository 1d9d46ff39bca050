package dev.overseer.ingestion;

import dev.overseer.model.LogRecord.TableReading;
import dev.overseer.model.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Measures how fast a table's rows come, so that it can be told when they will be there. */
final class ReadingPace {
  private final InstantSource clock;
  private @Nullable TableName table;
  private Instant since = Instant.MIN;
  private long rowsSince;
  private long rowsEstimated = -1;
  private Optional<Duration> left = Optional.empty();

  ReadingPace(InstantSource clock) {
    this.clock = clock;
  }

  void of(TableReading reading) {
    if (!reading.table().equals(table)) {
      table = reading.table();
      since = clock.instant();
      rowsSince = reading.rows();
      rowsEstimated = -1;
      left = Optional.empty();
    }
  }

  void placed(TableReading reached, long estimated) {
    rowsEstimated = estimated;
    long placed = reached.rows() - rowsSince;
    if (estimated >= 0 && placed > 0) {
      double rowsPerMilli =
          placed / (double) Math.max(1, Duration.between(since, clock.instant()).toMillis());
      long missing = Math.max(0, estimated - reached.rows());
      left = Optional.of(Duration.ofMillis((long) (missing / rowsPerMilli)));
    }
  }

  ReadingProgress progress(TableReading reading, int tablesLeft, Optional<String> hindrance) {
    return new ReadingProgress(
        reading.table(),
        reading.rows(),
        rowsEstimated < 0 ? Optional.empty() : Optional.of(Math.max(rowsEstimated, reading.rows())),
        left,
        tablesLeft,
        hindrance);
  }
}
