package dev.overseer.bench.tail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.bench.measure.Figure;
import dev.overseer.bench.measure.Measurement;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BacklogIT {
  private static final String SLOT = "first_reader";
  private static final String PUBLICATION = "bank";

  @ParameterizedTest
  @CsvSource({"SINGLE_ROW, 900", "HUNDRED_ROWS, 12"})
  void every_round_drains_the_same_changes_in_transactions_of_the_shape(
      Shape shape, int transactions, @TempDir Path directory) {
    try (Backlog backlog = Backlog.start(899)) {
      backlog.server().execute("create publication bank for table withdrawals, entries");
      backlog
          .server()
          .execute("select pg_create_logical_replication_slot('first_reader', 'pgoutput')");
      backlog.fill(shape, SLOT, _ -> {});
      BareContender reader = new BareContender(backlog, PUBLICATION, directory);

      Measurement first = reader.run();
      Measurement second = reader.run();

      assertThat(first.work()).isEqualTo(900);
      assertThat(figure(first, "transactions")).isEqualTo(transactions);
      assertThat(figure(first, "pgoutput")).isPositive().isEqualTo(figure(second, "pgoutput"));
      assertThat(figure(first, "peak memory of its sender")).isPositive();
    }
  }

  private static double figure(Measurement measurement, String name) {
    return measurement.figures().stream()
        .filter(figure -> figure.name().equals(name))
        .mapToDouble(Figure::value)
        .findFirst()
        .orElseThrow();
  }
}
