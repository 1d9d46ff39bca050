package dev.overseer.ingestion.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.LogRecord;
import dev.overseer.model.Operation;
import dev.overseer.testkit.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresIngestionIT {
  private static PostgresServer server;

  @BeforeAll
  static void start() {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void existing_rows_come_first_and_then_every_change() {
    server.execute(
        "CREATE TABLE first (id int PRIMARY KEY, note text, amount numeric)",
        "INSERT INTO first VALUES (1, E'tab\\there\\nand \\\\N', 1.10), (2, NULL, 2.50)");
    PostgresSource source = Tail.source(server.jdbcUrl(), "first", "public.first");
    try (Tail tail = Tail.of(source)) {
      tail.untilTailing();
      server.execute(
          "INSERT INTO first VALUES (3, 'new', 3)",
          "UPDATE first SET note = 'changed' WHERE id = 1",
          "DELETE FROM first WHERE id = 2",
          "SELECT pg_logical_emit_message(true, 'app', 'hello')",
          "TRUNCATE first");
      tail.untilCaughtUp();

      List<LogRecord.Change> changes =
          tail.stored().changes().stream().map(LogRecord.Change.class::cast).toList();
      assertThat(changes)
          .extracting(LogRecord.Change::operation)
          .containsExactly(
              Operation.SNAPSHOT,
              Operation.SNAPSHOT,
              Operation.INSERT,
              Operation.UPDATE,
              Operation.DELETE,
              Operation.ANNOTATION,
              Operation.TRUNCATE);
      assertThat(tail.firstColumns()).containsExactly("1", "2", "3");
      assertThat(tail.stored().others(LogRecord.Schema.class))
          .as("the relation written for the snapshot is the one that the server sends")
          .hasSize(1);
      assertThat(tail.stored().others(LogRecord.TableKnown.class))
          .singleElement()
          .extracting(LogRecord.TableKnown::from)
          .isEqualTo(tail.stored().transactions().getFirst().commit().effectiveTime());
      tail.assertNoTroubles();
    }
  }
}
