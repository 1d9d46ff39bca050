package dev.overseer.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.bench.runner.ExchangeUpdate.What;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficTest {
  private static final int UPDATES = 60_000;

  @TempDir Path directory;

  @Test
  void the_same_sizes_give_the_same_file() throws IOException {
    assertThat(Files.mismatch(write("one", 1), write("other", 1))).isEqualTo(-1);
  }

  @Test
  void every_transaction_is_of_one_database_and_later_than_all_before() throws IOException {
    List<List<ExchangeUpdate>> transactions = read(write("traffic", 7));
    long last = 0;
    for (List<ExchangeUpdate> transaction : transactions) {
      assertThat(transaction).hasSizeLessThanOrEqualTo(7);
      assertThat(transaction).extracting(ExchangeUpdate::micros).containsOnly(first(transaction));
      assertThat(transaction.stream().map(it -> it.what().isOfLedger()).distinct()).hasSize(1);
      assertThat(first(transaction)).isGreaterThan(last);
      last = first(transaction);
    }
    assertThat(transactions.stream().mapToInt(List::size).sum())
        .isCloseTo(UPDATES, Percentage.withPercentage(2));
  }

  @Test
  void it_is_what_the_demo_does_to_withdrawals() throws IOException {
    List<ExchangeUpdate> updates =
        read(write("traffic", 1)).stream().flatMap(List::stream).toList();
    assertThat(share(updates, What.REQUESTED)).isBetween(0.31, 0.35);
    assertThat(share(updates, What.BOOKED)).isBetween(0.31, 0.35);
    assertThat(share(updates, What.COMPLETED)).isBetween(0.31, 0.35);
    assertThat(share(updates, What.REFUNDED)).isBetween(0.01, 0.03);
    assertThat(updates).extracting(ExchangeUpdate::what).contains(What.values());
  }

  private static double share(List<ExchangeUpdate> updates, What what) {
    return updates.stream().filter(update -> update.what() == what).count() / (double) UPDATES;
  }

  private static long first(List<ExchangeUpdate> transaction) {
    return transaction.getFirst().micros();
  }

  private Path write(String name, int perTransaction) {
    return new Traffic(directory.resolve(name), UPDATES, 40, perTransaction).write().file();
  }

  private static List<List<ExchangeUpdate>> read(Path file) throws IOException {
    TrafficReader reader = new TrafficReader(file);
    List<List<ExchangeUpdate>> transactions = new ArrayList<>();
    for (List<ExchangeUpdate> next = reader.next(); !next.isEmpty(); next = reader.next()) {
      transactions.add(next);
    }
    return transactions;
  }
}
