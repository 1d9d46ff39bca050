package dev.overseer.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.overseer.examples.launcher.Shell;
import dev.overseer.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows docs/guides/watch-your-own-postgres.md, block by block. */
class WatchYourOwnPostgresIT {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path directory;
  private PostgresServer server;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    server = PostgresServer.start();
    shell = new Shell(Files.createDirectory(directory.resolve("shop")));
  }

  @AfterEach
  void stop() throws InterruptedException {
    shell.close();
    server.close();
  }

  @Test
  void the_guide_leads_to_a_violation_and_its_healing() throws Exception {
    Guide guide = Guide.read(REPOSITORY.resolve("docs/guides/watch-your-own-postgres.md"));
    assertThat(guide.next("sh")).startsWith("export OVERSEER=");
    assertThat(ask(guide.next("sql"))).isEqualTo("logical");
    server.execute(guide.next("sql"));
    server.execute(guide.next("sql"));
    shell.write("overseer.yaml", here(guide.next("yaml")));
    shell.write("ShopChecks.java", guide.next("java"));
    shell.run(guide.next("sh"));

    Process overseer = shell.start(guide.next("sh"), "overseer.txt");
    String lists = guide.next("sh");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(shell.run(lists)).contains("tailing", "order-is-paid-once"));

    server.execute(guide.next("sql"));
    String violations = guide.next("sh");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(shell.run(violations))
                    .contains("order-is-paid-once", "order/42", "wrong-amount", "open"));
    server.execute(guide.next("sql"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(shell.run(violations)).contains("No unresolved violations"));

    Shell.stop(overseer);
    await()
        .atMost(SOON)
        .until(() -> ask("select count(*) from pg_replication_slots where active").equals("0"));
    server.execute(guide.next("sql"));
    assertThat(ask("select count(*) from pg_replication_slots")).isEqualTo("0");
    assertThat(guide.isAtEnd()).isTrue();
  }

  /** Where this test's server is, and no fixed port of this machine. */
  private String here(String yaml) {
    assertThat(yaml).contains("localhost:5432");
    return yaml.replace("localhost:5432", "localhost:" + server.port()) + "\nhttp: { port: 0 }\n";
  }

  private String ask(String sql) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      answer.next();
      return answer.getString(1);
    }
  }
}
