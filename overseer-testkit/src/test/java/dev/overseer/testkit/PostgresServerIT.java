package dev.overseer.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostgresServerIT {

  @Test
  void a_server_is_durable_can_be_tailed_and_keeps_what_it_has_over_every_way_to_end()
      throws SQLException {
    try (PostgresServer server = PostgresServer.start()) {
      int port = server.port();
      assertThat(value(server, "SHOW fsync")).isEqualTo("on");
      assertThat(value(server, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(value(server, "SHOW wal_level")).isEqualTo("logical");
      assertThat(value(server, "SHOW server_version")).startsWith("18.");

      server.execute("CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (1)");
      server.restart();
      server.execute("INSERT INTO kept VALUES (2)");
      server.kill();
      assertThat(server.isRunning()).isFalse();
      server.resume();

      assertThat(server.isRunning()).isTrue();
      assertThat(server.port()).isEqualTo(port);
      assertThat(value(server, "SELECT count(*) FROM kept")).isEqualTo("2");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.overseer.testkit.PostgresVersion#tested")
  void a_chosen_directory_outlives_the_server(PostgresVersion version, @TempDir Path directory)
      throws SQLException {
    Path data = directory.resolve("ledger");
    PostgresServer.Builder choice =
        PostgresServer.builder()
            .version(version)
            .dataDirectory(data)
            .setting("max_wal_senders", "3");
    try (PostgresServer first = choice.start()) {
      first.execute("CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (1)");
    }
    try (PostgresServer second = choice.start()) {
      assertThat(value(second, "SELECT count(*) FROM kept")).isEqualTo("1");
      assertThat(value(second, "SHOW max_wal_senders")).isEqualTo("3");
      assertThat(value(second, "SHOW server_version")).startsWith(version.major() + ".");
    }
  }

  private static String value(PostgresServer server, String sql) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
