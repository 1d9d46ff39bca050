package dev.overseer.ingestion.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.ingestion.SourceDefinition;
import dev.overseer.ingestion.postgres.Requirement.Standing;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Operation;
import dev.overseer.model.TableName;
import dev.overseer.testkit.PostgresServer;
import dev.overseer.testkit.PostgresVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the very SQL that is printed, on a real server, and then tails with nothing more. */
@ParameterizedClass
@MethodSource("dev.overseer.testkit.PostgresVersion#tested")
class SetupScriptIT {
  private static final String DATABASE = "Zahlungen \"neu\"";
  private static final String ROLE = "Wächter's \"own\"";
  private static final TableName COMPOSITE = new TableName("Bücher", "Ein\"träge.alt");
  private static final TableName KEYLESS = new TableName("Bücher", "$overseer$");
  private static final TableName PARTITIONED = new TableName("public", "events");

  private final PostgresServer server;

  SetupScriptIT(PostgresVersion version) {
    server = PostgresServer.builder().version(version).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_role_made_by_the_printed_script_tails_tables_of_any_name_and_may_do_no_more()
      throws SQLException {
    server.execute("CREATE DATABASE " + Sql.name(DATABASE));
    run(
        """
        CREATE SCHEMA "Bücher";
        CREATE TABLE "Bücher"."Ein""träge.alt" (
          "Mandant" int, "Num""mer" bigint, amount numeric, PRIMARY KEY ("Mandant", "Num""mer"));
        CREATE TABLE "Bücher"."$overseer$" (id int, text text);
        CREATE TABLE events (id int, day date) PARTITION BY RANGE (day);
        CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
        CREATE TABLE secrets (id int PRIMARY KEY);
        """);
    PostgresSource source = source();
    SetupScript script = new SetupScript(source, ROLE, keys());

    run(script.text());
    run(script.heartbeat());
    run("ALTER ROLE %s SET default_transaction_read_only = on".formatted(Sql.name(ROLE)));

    assertThat(new Examination(source, keys(), InstantSource.system()).run())
        .filteredOn(it -> it.standing() == Standing.MISSING)
        .isEmpty();
    assertThat(ask("SELECT has_table_privilege(%s, 'secrets', 'SELECT')".formatted(Sql.text(ROLE))))
        .isEqualTo("f");
    assertThat(
            ask(
                "SELECT bool_or(has_table_privilege(%s, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')) FROM pg_class c WHERE relkind IN ('r', 'p')"
                    .formatted(Sql.text(ROLE))))
        .isEqualTo("f");
    assertThat(ask("SELECT relreplident FROM pg_class WHERE relname = 'Ein\"träge.alt'"))
        .as("of a table whose primary key does")
        .isEqualTo("d");
    tail(source);
  }

  @Test
  void run_again_it_completes_what_is_there_and_else_changes_nothing() throws SQLException {
    server.execute("CREATE DATABASE " + Sql.name(DATABASE));
    run(
        """
        CREATE SCHEMA "Bücher";
        CREATE TABLE "Bücher"."Ein""träge.alt" (
          "Mandant" int, "Num""mer" bigint, PRIMARY KEY ("Mandant", "Num""mer"));
        CREATE TABLE "Bücher"."$overseer$" (id int);
        CREATE TABLE events (id int, day date) PARTITION BY RANGE (day);
        CREATE ROLE "Wächter's ""own\""";
        CREATE PUBLICATION "Overseer ""bank\"""
          FOR TABLE "Bücher"."$overseer$", events WITH (publish = 'insert');
        """);
    SetupScript script = new SetupScript(source(), ROLE, keys());

    run(script.text());

    assertThat(new Examination(source(), keys(), InstantSource.system()).run())
        .filteredOn(it -> it.standing() == Standing.MISSING)
        .isEmpty();
    String before = catalog();
    run(script.text());
    run(script.heartbeat());
    run(script.heartbeat());
    assertThat(catalog()).isEqualTo(before);
  }

  private String catalog() throws SQLException {
    return ask(
        """
        SELECT (SELECT string_agg(format('%s %s', schemaname, tablename), ',') FROM pg_publication_tables)
          || (SELECT string_agg(p::text, ',') FROM pg_publication p)
          || (SELECT string_agg(format('%s %s %s', rolname, rolcanlogin, rolreplication), ',' ORDER BY oid) FROM pg_roles)
          || (SELECT string_agg(relname::text || relreplident::text, ',' ORDER BY oid) FROM pg_class)
        """);
  }

  private void tail(PostgresSource source) throws SQLException {
    try (Tail tail = Tail.of(source)) {
      tail.untilTailing();
      run(
          """
          INSERT INTO "Bücher"."Ein""träge.alt" VALUES (1, 2, 3.50);
          INSERT INTO "Bücher"."$overseer$" VALUES (7, 'seven');
          INSERT INTO events VALUES (9, '2026-05-05');
          """);
      run(
          """
          UPDATE "Bücher"."$overseer$" SET text = 'sieben';
          DELETE FROM "Bücher"."Ein""träge.alt";
          DELETE FROM events;
          """);
      tail.untilCaughtUp();

      assertThat(tail.firstColumns()).containsExactly("1", "7", "9");
      assertThat(tail.stored().changes())
          .filteredOn(LogRecord.Change.class::isInstance)
          .extracting(it -> ((LogRecord.Change) it).operation())
          .containsExactly(
              Operation.INSERT,
              Operation.INSERT,
              Operation.INSERT,
              Operation.UPDATE,
              Operation.DELETE,
              Operation.DELETE);
      tail.assertNoTroubles();
    }
  }

  private static Map<TableName, List<String>> keys() {
    return Map.of(
        COMPOSITE,
        List.of("Mandant", "Num\"mer"),
        KEYLESS,
        List.of("id"),
        PARTITIONED,
        List.of("id"));
  }

  private PostgresSource source() {
    return new PostgresSource(
        new SourceDefinition(Tail.SOURCE, Arrays.asList(COMPOSITE, KEYLESS, PARTITIONED)),
        "jdbc:postgresql://127.0.0.1:%d/Zahlungen%%20%%22neu%%22".formatted(server.port()),
        Optional.of(new PostgresLogin(ROLE, Optional.empty())),
        Optional.empty(),
        "Overseer \"bank\"",
        "overseer_bank");
  }

  /** As an administrator would, all at once. */
  private void run(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String ask(String sql) throws SQLException {
    try (Connection connection = connect()) {
      return new Questions(connection).row(sql).text(1);
    }
  }

  private Connection connect() throws SQLException {
    return server.connect("Zahlungen%20%22neu%22");
  }
}
