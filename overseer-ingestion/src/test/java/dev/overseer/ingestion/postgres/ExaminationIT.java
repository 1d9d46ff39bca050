package dev.overseer.ingestion.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.ingestion.SourceDefinition;
import dev.overseer.ingestion.postgres.Requirement.Standing;
import dev.overseer.model.TableName;
import dev.overseer.testkit.PostgresServer;
import dev.overseer.testkit.PostgresVersion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real servers that lack one thing or another. */
class ExaminationIT {
  private static final TableName ENTRIES = TableName.parse("public.entries");

  private PostgresServer server = PostgresServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_source_that_is_tailed_meets_every_requirement_and_is_only_advised() {
    server.execute("CREATE TABLE entries (id int PRIMARY KEY, amount numeric)");
    PostgresSource source = Tail.source(server.jdbcUrl(), "bank", "public.entries");
    try (Tail tail = Tail.of(source)) {
      tail.untilTailing();
      String before = catalog();

      List<Requirement> found = examine(source, List.of("id"));

      assertThat(found).extracting(Requirement::standing).doesNotContain(Standing.MISSING);
      assertThat(found)
          .extracting(Requirement::subject)
          .contains(
              "reachable",
              "encryption",
              "version",
              "primary",
              "wal_level",
              "role",
              "max_replication_slots",
              "max_wal_senders",
              "clock",
              "read public.entries",
              "replica identity of public.entries",
              "publication bank",
              "tables of publication bank",
              "slot bank",
              "lag",
              "retained log",
              "failover",
              "max_slot_wal_keep_size",
              "idle_replication_slot_timeout",
              "pg_logical_emit_message");
      assertThat(found("slot bank", found).found()).isEqualTo("it is being tailed");
      assertThat(found("max_slot_wal_keep_size", found).fix().orElseThrow())
          .contains("ALTER SYSTEM SET max_slot_wal_keep_size");
      assertThat(catalog()).as("what is there").isEqualTo(before);
    }
  }

  @Test
  void all_that_is_missing_is_told_with_sql_that_mends_it() {
    server.execute(
        "CREATE SCHEMA closed",
        "CREATE TABLE closed.entries (region text, id int, amount numeric, PRIMARY KEY (id))",
        "CREATE TABLE entries (id int)",
        "CREATE ROLE watcher LOGIN",
        "CREATE PUBLICATION bank FOR TABLE entries WITH (publish = 'insert')");
    PostgresSource source = source("watcher", "closed.entries", "public.entries", "public.gone");
    TableName closed = TableName.parse("closed.entries");
    Map<TableName, List<String>> keys =
        Map.of(closed, List.of("region", "id"), ENTRIES, List.of("number"));

    List<Requirement> found = examine(source, keys);

    assertThat(missing(found))
        .containsExactlyInAnyOrder(
            "role",
            "read closed.entries",
            "replica identity of closed.entries",
            "read public.entries",
            "replica identity of public.entries",
            "table public.gone",
            "publication bank",
            "tables of publication bank",
            "columns of public.entries in publication bank");
    assertThat(found("replica identity of public.entries", found).found()).contains("number");
    found.stream()
        .filter(it -> it.standing() == Standing.MISSING)
        .flatMap(it -> it.fix().stream())
        .filter(fix -> fix.matches("(?s)(ALTER|GRANT|CREATE).*") && !fix.contains("gone"))
        .forEach(server::execute);
    server.execute(
        "ALTER PUBLICATION bank ADD TABLE closed.entries",
        "ALTER TABLE entries REPLICA IDENTITY FULL");

    PostgresSource mended = source("watcher", "closed.entries", "public.entries");
    assertThat(missing(examine(mended, Map.of(closed, List.of("region", "id"))))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.overseer.testkit.PostgresVersion#tested")
  void every_version_is_examined_and_what_it_lacks_is_told(PostgresVersion version) {
    server.close();
    server = PostgresServer.builder().version(version).start();
    server.execute(
        "CREATE TABLE entries (region text, id int, PRIMARY KEY (id))",
        "CREATE ROLE watcher LOGIN",
        "CREATE PUBLICATION bank FOR TABLE entries WITH (publish = 'insert')");
    PostgresSource poor = source("watcher", "public.entries");

    assertThat(missing(examine(poor, List.of("region"))))
        .containsExactlyInAnyOrder(
            "role",
            "read public.entries",
            "replica identity of public.entries",
            "publication bank");
    server.execute("ALTER PUBLICATION bank SET (publish = 'insert, update, delete, truncate')");
    PostgresSource rich = Tail.source(server.jdbcUrl(), "bank", "public.entries");
    try (Tail tail = Tail.of(rich)) {
      tail.untilTailing();
      assertThat(missing(examine(rich, List.of("id")))).isEmpty();
    }
  }

  @Test
  void settings_of_the_server_are_told_too() {
    server.close();
    server =
        PostgresServer.builder()
            .setting("wal_level", "replica")
            .setting("max_replication_slots", "0")
            .setting("max_wal_senders", "0")
            .start();
    server.execute("CREATE TABLE entries (id int PRIMARY KEY)");

    List<Requirement> found =
        examine(Tail.source(server.jdbcUrl(), "bank", "public.entries"), List.of("id"));

    assertThat(missing(found))
        .containsExactlyInAnyOrder("wal_level", "max_replication_slots", "max_wal_senders");
    assertThat(found("wal_level", found).fix().orElseThrow())
        .startsWith("ALTER SYSTEM SET wal_level = 'logical';");
  }

  @Test
  void what_a_publication_leaves_out_is_told() {
    server.execute(
        "CREATE TABLE entries (id int PRIMARY KEY, amount numeric, note text)",
        "CREATE PUBLICATION bank FOR TABLE entries (id, amount) WHERE (id > 0)");

    List<Requirement> found =
        examine(Tail.source(server.jdbcUrl(), "bank", "public.entries"), List.of("id"));
    assertThat(found("columns of public.entries in publication bank", found).standing())
        .isEqualTo(Standing.ADVISED);

    server.execute("ALTER TABLE entries ADD COLUMN number int");
    assertThat(
            missing(
                examine(
                    Tail.source(server.jdbcUrl(), "bank", "public.entries"), List.of("number"))))
        .contains("columns of public.entries in publication bank");
  }

  @Test
  void a_table_to_which_rows_are_only_added_needs_no_identity_once_it_is_published() {
    server.execute("CREATE TABLE entries (id int)");
    PostgresSource source = Tail.source(server.jdbcUrl(), "bank", "public.entries");

    assertThat(missing(examine(source, List.of("id"))))
        .containsExactly("replica identity of public.entries");
    server.execute("CREATE PUBLICATION bank FOR TABLE entries");
    assertThat(missing(examine(source, List.of("id")))).isEmpty();
  }

  @Test
  void a_clock_that_is_off_is_told_with_the_offset_that_makes_up_for_it() {
    server.execute("CREATE TABLE entries (id int PRIMARY KEY)");
    InstantSource late = () -> InstantSource.system().instant().minus(Duration.ofMinutes(1));

    List<Requirement> found =
        new Examination(
                Tail.source(server.jdbcUrl(), "bank", "public.entries"),
                Map.of(ENTRIES, List.of("id")),
                late)
            .run();

    assertThat(found("clock", found).standing()).isEqualTo(Standing.ADVISED);
    assertThat(found("clock", found).fix().orElseThrow())
        .containsPattern("clockOffset: -60\\d\\d\\dms|clockOffset: -59\\d\\d\\dms");
  }

  @Test
  void a_server_that_does_not_answer_is_the_one_finding() {
    server.stop();

    List<Requirement> found =
        examine(Tail.source(server.jdbcUrl(), "bank", "public.entries"), List.of("id"));

    assertThat(missing(found)).containsExactly("reachable");
    assertThat(found).hasSize(1);
  }

  private static List<Requirement> examine(PostgresSource source, List<String> key) {
    return examine(source, Map.of(ENTRIES, key));
  }

  private static List<Requirement> examine(
      PostgresSource source, Map<TableName, List<String>> keys) {
    return new Examination(source, keys, InstantSource.system()).run();
  }

  private static List<String> missing(List<Requirement> found) {
    return found.stream()
        .filter(it -> it.standing() == Standing.MISSING)
        .map(Requirement::subject)
        .toList();
  }

  private static Requirement found(String subject, List<Requirement> all) {
    return all.stream().filter(it -> it.subject().equals(subject)).findFirst().orElseThrow();
  }

  /** Everything that an examination could have changed. */
  private String catalog() {
    return server.value(
        """
        SELECT (SELECT string_agg(slot_name, ',') FROM pg_replication_slots)
          || (SELECT string_agg(pubname, ',') FROM pg_publication)
          || (SELECT string_agg(rolname, ',') FROM pg_roles)
          || (SELECT string_agg(relname::text || relreplident::text, ',' ORDER BY oid) FROM pg_class)
        """);
  }

  private PostgresSource source(String user, String... tables) {
    return new PostgresSource(
        new SourceDefinition(Tail.SOURCE, Arrays.stream(tables).map(TableName::parse).toList()),
        "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.port()),
        Optional.of(new PostgresLogin(user, Optional.empty())),
        Optional.empty(),
        "bank",
        "bank");
  }
}
