package dev.overseer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.overseer.formats.pgoutput.PgOutput;
import dev.overseer.formats.pgoutput.PgOutputParser;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Operation;
import dev.overseer.server.remote.ServerAddress;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.TransactionReader;
import dev.overseer.store.log.UpdateLogCodec;
import dev.overseer.store.log.VisibleRecord.Placed;
import dev.overseer.store.log.VisibleRecord.Transaction;
import dev.overseer.testkit.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole program with little memory and one transaction that is far too large for it; with
 * {@code ./dev it --all}, of two million rows.
 */
class LargeTransactionIT {
  private static final boolean ALL = "all".equals(System.getProperty("overseer.it"));
  private static final int ROWS = ALL ? 2_000_000 : 60_000;
  private static final Duration MAX = Duration.ofMinutes(ALL ? 30 : 3);
  private static final String HEAP = ALL ? "-Xmx512m" : "-Xmx128m";
  private static final int TERMINATED = 128 + 15;

  @TempDir private Path directory = Path.of("");
  private Optional<Process> program = Optional.empty();

  @AfterEach
  void end() {
    program.ifPresent(Process::destroyForcibly);
  }

  @Test
  void a_transaction_larger_than_memory_is_stored_whole_and_judged_over_two_crashes()
      throws Exception {
    try (PostgresServer postgres =
            PostgresServer.builder()
                .setting("logical_decoding_work_mem", ALL ? "64MB" : "1MB")
                .start();
        Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      postgres.execute("CREATE TABLE rows (id bigint PRIMARY KEY, note text NOT NULL)");
      Path config = configure(postgres);
      start(config);
      until("overseer_source_tailing", value -> value == 1);

      connection.setAutoCommit(false);
      insert(statement, 1, ROWS / 2);
      statement.execute("SAVEPOINT one");
      insert(statement, ROWS + 1, ROWS + ROWS / 10);
      statement.execute("ROLLBACK TO SAVEPOINT one");
      until("overseer_source_spooled_bytes", value -> value > ROWS / 4);
      crash();
      start(config);
      insert(statement, ROWS / 2 + 1, ROWS);
      statement.execute("UPDATE rows SET note = '' WHERE id = 7");
      connection.commit();
      until("overseer_source_updates_total", value -> value > ROWS / 2);
      crash();
      start(config);

      until("overseer_violations_open", value -> value == 1);
      until("overseer_verdicts_total", value -> value >= ROWS);
      stop();
      assertStoredOnce();
    }
  }

  private Path configure(PostgresServer postgres) throws IOException {
    return Files.writeString(
        directory.resolve("overseer.yaml"),
        """
        dataDirectory: data
        http: { port: 0 }
        sources: { bank: { type: postgres, url: "%s" } }
        models: { row: { source: bank, table: public.rows, key: id } }
        views: { row-alone: { root: row } }
        """
            .formatted(postgres.jdbcUrl()));
  }

  private static void insert(Statement statement, int from, int to) throws Exception {
    statement.execute(
        "INSERT INTO rows SELECT i, 'note ' || i FROM generate_series(%d, %d) i"
            .formatted(from, to));
  }

  private void start(Path config) throws IOException {
    Files.deleteIfExists(directory.resolve("data/server.json"));
    program =
        Optional.of(
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    HEAP,
                    "-cp",
                    System.getProperty("java.class.path"),
                    LargeTransactionProgram.class.getName(),
                    config.toString())
                .redirectErrorStream(true)
                .redirectOutput(
                    ProcessBuilder.Redirect.appendTo(directory.resolve("said.txt").toFile()))
                .start());
  }

  private void crash() throws InterruptedException {
    program.orElseThrow().destroyForcibly().waitFor();
  }

  private void stop() throws Exception {
    Process running = program.orElseThrow();
    running.getOutputStream().close();
    assertThat(running.waitFor(MAX.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(running.exitValue()).isIn(0, TERMINATED);
  }

  private void until(String metric, DoublePredicate enough) {
    await(metric)
        .atMost(MAX)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              assertThat(program.orElseThrow().isAlive()).as(said()).isTrue();
              return metric(metric).filter(enough::test).isPresent();
            });
  }

  private String said() throws IOException {
    return Files.readString(directory.resolve("said.txt"));
  }

  /** The sum over its labels. */
  private Optional<Double> metric(String name) throws InterruptedException {
    Optional<ServerAddress> address = ServerAddress.find(directory.resolve("data"));
    try (HttpClient client = HttpClient.newHttpClient()) {
      if (address.isEmpty()) {
        return Optional.empty();
      }
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address.get().url() + "/metrics")).build();
      return client
          .send(request, BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith(name + "{"))
          .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' '))))
          .reduce(Double::sum);
    } catch (IOException notServedYet) {
      return Optional.empty();
    }
  }

  private void assertStoredOnce() throws Exception {
    int found = 0;
    LogSettings settings = LogSettings.of("updates", new UUID(0, 0), InstantSource.system());
    try (ReadableLog<LogRecord> log =
            SegmentedLog.openReadOnly(
                directory.resolve("data/updates"), new UpdateLogCodec(), settings);
        TransactionReader reader = new TransactionReader(log, LogOffset.ZERO)) {
      while (reader.next()) {
        if (reader.record() instanceof Transaction transaction
            && transaction.commit().count() >= ROWS) {
          assertRows(transaction.changes());
          found++;
        }
      }
    }
    assertThat(found).isEqualTo(1);
    try (var spools = Files.walk(directory.resolve("data/spools"))) {
      assertThat(spools.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private static void assertRows(List<Placed> changes) throws Undecodable {
    assertThat(changes).hasSize(ROWS + 1);
    for (int i = 0; i < ROWS; i++) {
      LogRecord.Change change = (LogRecord.Change) changes.get(i).record();
      assertThat(change.ordinal()).isEqualTo(i);
      PgOutput.Insert insert = (PgOutput.Insert) PgOutputParser.parse(change.raw());
      assertThat(Long.parseLong(String.valueOf(insert.row().text(0)))).isEqualTo(i + 1L);
    }
    LogRecord.Change last = (LogRecord.Change) changes.getLast().record();
    assertThat(last.operation()).isEqualTo(Operation.UPDATE);
  }
}
