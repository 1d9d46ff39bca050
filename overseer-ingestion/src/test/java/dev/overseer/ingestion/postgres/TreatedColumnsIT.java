package dev.overseer.ingestion.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.ingestion.SourceTrouble;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Subject;
import dev.overseer.model.TableName;
import dev.overseer.model.Tokens;
import dev.overseer.model.TreatedColumn;
import dev.overseer.model.Treatment;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.UpdateLogCodec;
import dev.overseer.testkit.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Columns whose values are not to be stored, whatever way their rows come. */
class TreatedColumnsIT {
  private static final String PLAIN = "secret";
  private static final TreatedColumn CARD = new TreatedColumn("card", new Treatment.Drop());
  private static final TreatedColumn EMAIL = new TreatedColumn("email", new Treatment.Hash());
  private static final TreatedColumn NAME =
      new TreatedColumn("name", new Treatment.Encrypt("id", "customer"));

  /** Tells of a value nothing but its length, and of its subject all. */
  private static final Tokens TOKENS =
      new Tokens() {
        @Override
        public String hash(byte[] text) {
          return "hash-" + text.length;
        }

        @Override
        public String encrypt(Subject subject, byte[] text) {
          return subject.name() + "-" + text.length;
        }

        @Override
        public void keep() {}
      };

  private static PostgresServer server;

  @BeforeAll
  static void start() {
    server = PostgresServer.builder().setting("logical_decoding_work_mem", "64kB").start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void existing_rows_and_all_changes_of_them_are_stored_without_their_values() throws SQLException {
    create("people", "id int PRIMARY KEY");
    server.execute(
        "INSERT INTO people SELECT n, 'secret', 'secret', 'secret' FROM generate_series(1, 9) n");
    try (Tail tail = Tail.of(source("people", CARD, EMAIL, NAME), TOKENS)) {
      tail.untilCaughtUp();
      change("people");
      tail.untilCaughtUp();

      assertNothingIsPlain(tail);
      assertThat(FoldedTable.ofLog(tail, "public.people").values())
          .contains(List.of("1", "hash-8", "1-6"), List.of("20", "hash-6", "20-6"))
          .contains(List.of("10", "hash-7", "null"), List.of("9", "hash-6", "9-6"))
          .hasSize(9);
      assertThat(treated(tail)).isEqualTo(Map.of("people", List.of(CARD, EMAIL, NAME)));
      assertThat(published("people")).isEqualTo("email, id, name");
      tail.assertNoTroubles();
    }
  }

  @Test
  void whole_old_rows_are_treated_too_and_columns_are_removed_where_no_list_can()
      throws SQLException {
    create("wholes", "id int PRIMARY KEY");
    server.execute("ALTER TABLE wholes REPLICA IDENTITY FULL");
    server.execute(
        "INSERT INTO wholes SELECT n, 'secret', 'secret', 'secret' FROM generate_series(1, 9) n");
    try (Tail tail = Tail.of(source("wholes", CARD, EMAIL, NAME), TOKENS)) {
      tail.untilCaughtUp();
      change("wholes");
      tail.untilCaughtUp();

      assertNothingIsPlain(tail);
      assertThat(FoldedTable.ofLog(tail, "public.wholes")).hasSize(9);
      assertThat(published("wholes")).contains("card");
      tail.assertNoTroubles();
    }
  }

  @Test
  void a_key_that_is_hashed_is_told_by_its_token_alone() throws SQLException {
    create("keyed", "id text PRIMARY KEY");
    server.execute(
        "INSERT INTO keyed SELECT 'secret' || repeat('x', n), 'c', 'e', 'n' FROM generate_series(1,"
            + " 9) n");
    TreatedColumn id = new TreatedColumn("id", new Treatment.Hash());
    try (Tail tail = Tail.of(Tail.slowly(source("keyed", id), 5), TOKENS)) {
      tail.untilCaughtUp();
      server.execute("DELETE FROM keyed WHERE id = 'secretxxx'");
      tail.untilCaughtUp();

      assertNothingIsPlain(tail);
      assertThat(FoldedTable.ofLog(tail, "public.keyed").keySet())
          .hasSize(8)
          .contains("hash-7", "hash-15")
          .doesNotContain("hash-9");
      tail.assertNoTroubles();
    }
  }

  @Test
  void a_transaction_that_waits_in_a_side_file_holds_no_values_there() throws SQLException {
    create("large", "id int PRIMARY KEY");
    server.execute("CREATE TABLE bystander (id int PRIMARY KEY, note text)");
    PostgresSource source = source("large", CARD, EMAIL, NAME);
    try (Tail tail = Tail.of(source, TOKENS);
        Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      tail.untilTailing();
      server.execute("ALTER PUBLICATION large ADD TABLE bystander");
      connection.setAutoCommit(false);
      statement.execute(
          "INSERT INTO large SELECT n, 'secret', 'secret', 'secret' FROM generate_series(1, 3000)"
              + " n");
      statement.execute("INSERT INTO bystander SELECT n, 'secret' FROM generate_series(1, 3000) n");
      statement.execute("SAVEPOINT one");
      statement.execute("ALTER TABLE large ADD COLUMN later text");
      statement.execute("UPDATE large SET email = 'secret 2'");
      tail.until("some in a side file", () -> tail.status().spooledBytes() > 100_000);
      assertThat(inSideFiles(source)).doesNotContain(PLAIN).contains("hash-6");
      connection.commit();
      tail.untilCaughtUp();

      assertNothingIsPlain(tail);
      assertThat(FoldedTable.ofLog(tail, "public.large")).hasSize(3000);
    }
  }

  @Test
  void a_treated_column_that_is_renamed_while_it_is_tailed_tells_nothing_under_its_new_name() {
    create("renamed", "id int PRIMARY KEY");
    server.execute("ALTER TABLE renamed REPLICA IDENTITY FULL");
    PostgresSource source = source("renamed", CARD, EMAIL, NAME);
    try (Tail tail = Tail.of(source, TOKENS)) {
      tail.untilCaughtUp();
      server.execute(
          "ALTER TABLE renamed RENAME COLUMN email TO mail",
          "ALTER TABLE renamed RENAME COLUMN card TO pan",
          "INSERT INTO renamed VALUES (1, 'secret', 'secret', 'secret')",
          "DELETE FROM renamed");
      tail.untilCaughtUp();

      assertNothingIsPlain(tail);
      assertThat(tail.stored().changes()).hasSize(2);
    }
    try (Tail tail = Tail.of(source, TOKENS)) {
      tail.until("refused", () -> !tail.troubles.isEmpty());

      assertThat(tail.troubles.toString()).contains("has no column card, email");
    }
  }

  @Test
  void nothing_is_taken_in_while_a_treated_column_is_not_there() {
    create("misspelt", "id int PRIMARY KEY");
    TreatedColumn misspelt = new TreatedColumn("e-mail", new Treatment.Hash());
    try (Tail tail = Tail.of(source("misspelt", misspelt), TOKENS)) {
      tail.until("refused", () -> !tail.troubles.isEmpty());

      assertThat(tail.troubles)
          .first()
          .isInstanceOfSatisfying(
              SourceTrouble.Refused.class,
              refused -> assertThat(refused.description()).contains("has no column e-mail"));
    }
  }

  @Test
  void a_column_that_tells_rows_apart_cannot_be_dropped() {
    create("dropped_key", "id int, part text, PRIMARY KEY (id, part)");
    TreatedColumn part = new TreatedColumn("part", new Treatment.Drop());
    try (Tail tail = Tail.of(source("dropped_key", part), TOKENS)) {
      tail.until("refused", () -> !tail.troubles.isEmpty());

      assertThat(tail.troubles.toString()).contains("hash it instead");
    }
  }

  private static void create(String table, String key) {
    server.execute("CREATE TABLE %s (%s, card text, email text, name text)".formatted(table, key));
  }

  private static void change(String table) {
    server.execute(
        "INSERT INTO %s VALUES (10, 'secret', 'secret1', NULL)".formatted(table),
        "UPDATE %s SET email = 'secret 2' WHERE id = 1".formatted(table),
        "UPDATE %s SET id = 20 WHERE id = 2".formatted(table),
        "DELETE FROM %s WHERE id = 3".formatted(table));
  }

  private static PostgresSource source(String name, TreatedColumn... treated) {
    String table = "public." + name;
    return Tail.treating(
        Tail.keyed(Tail.source(server.jdbcUrl(), name, table), table, "id"), table, treated);
  }

  /** The publication's columns. */
  private static String published(String publication) {
    return server.value(
        "SELECT string_agg(a, ', ' ORDER BY a) FROM pg_publication_tables, unnest(attnames) a WHERE pubname = '%s'"
            .formatted(publication));
  }

  private static void assertNothingIsPlain(Tail tail) {
    UpdateLogCodec codec = new UpdateLogCodec();
    try (LogReader<LogRecord> reader = tail.log.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        assertThat(new String(codec.encode(reader.record()), UTF_8)).doesNotContain(PLAIN);
      }
    }
  }

  private static Map<String, List<TreatedColumn>> treated(Tail tail) {
    Map<String, List<TreatedColumn>> treated = new HashMap<>();
    for (LogRecord.Schema schema : tail.stored().others(LogRecord.Schema.class)) {
      TableName table = schema.table();
      treated.put(table.name(), schema.treated());
    }
    return treated;
  }

  private static String inSideFiles(PostgresSource source) {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(Tail.spools(source))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toString();
  }
}
