package dev.overseer.bench.snapshot;

import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Figure;
import dev.overseer.bench.measure.Measurement;
import dev.overseer.bench.reading.ReaderProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Runs {@link CopyReader}. */
final class CopyContender implements Contender {
  static final String NAME = "copy";

  /** The query is shown after its end too, as long as the reader stays connected. */
  private static final String SENDER =
      "select pid from pg_stat_activity where application_name = '%s' and query like 'COPY%%'"
          .formatted(CopyReader.APPLICATION);

  private final ExistingRows rows;
  private final ReaderProgram program;
  private double rawBytes;

  CopyContender(ExistingRows rows, Path directory) {
    this.rows = rows;
    this.program =
        new ReaderProgram(
            NAME,
            directory,
            ReaderProgram.java(
                System.getProperty("java.class.path"),
                CopyReader.class.getName(),
                List.of(rows.server().jdbcUrl(), ExistingRows.TABLE)));
  }

  @Override
  public String name() {
    return NAME;
  }

  /** What the server sent for the whole table, counted at the last run. */
  double rawBytes() {
    return rawBytes;
  }

  @Override
  public Measurement run() {
    Measurement measurement = program.run(rows.server(), rows.count(), this::sender);
    rawBytes =
        measurement.figures().stream()
            .filter(figure -> figure.name().equals("received"))
            .mapToDouble(Figure::value)
            .sum();
    return measurement;
  }

  private OptionalLong sender() {
    return rows.server().longOf(SENDER);
  }
}
