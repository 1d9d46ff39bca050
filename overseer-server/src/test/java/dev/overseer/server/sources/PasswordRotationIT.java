package dev.overseer.server.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.overseer.ingestion.IngestionSettings;
import dev.overseer.ingestion.SourceStatus.Phase;
import dev.overseer.ingestion.SourceTrouble;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.model.Tokens;
import dev.overseer.server.configuration.ByteSize;
import dev.overseer.server.configuration.Secret;
import dev.overseer.server.configuration.SourceSettings;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.MemoryLog;
import dev.overseer.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordRotationIT {
  private static final TableName TABLE = TableName.parse("public.kept");

  @TempDir private Path directory = Path.of("");
  private final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(1, 1));
  private final List<SourceTrouble> troubles = new ArrayList<>();
  private Duration skipped = Duration.ZERO;

  @Test
  void a_changed_password_is_taken_up_at_the_next_connection_and_nothing_is_lost()
      throws Exception {
    Path data = directory.resolve("data");
    Path password = Files.writeString(directory.resolve("password"), "first");
    try (PostgresServer server = PostgresServer.builder().dataDirectory(data).start()) {
      server.execute(
          "CREATE TABLE kept (id int PRIMARY KEY)",
          "CREATE ROLE watcher SUPERUSER LOGIN PASSWORD 'first'");
      askForPasswords(server, data);
      try (TailedSource source = source(server, password)) {
        until("tailed", source, () -> source.status().phase() == Phase.TAILING);
        server.execute("ALTER ROLE watcher PASSWORD 'second'", "INSERT INTO kept VALUES (1)");
        until("what is connected stays so", source, () -> inserts() == 1);

        endConnections(server);
        until("refused", source, () -> !troubles.isEmpty());
        assertThat(troubles.getFirst()).isInstanceOf(SourceTrouble.Refused.class);
        assertThat(troubles.getFirst().description())
            .contains("password")
            .doesNotContain("first", "second");
        server.execute("INSERT INTO kept VALUES (2)");
        Files.writeString(password, "second");
        skipped = Duration.ofMinutes(1);
        until("tailed again", source, () -> inserts() == 2);
        assertThat(source.status().counts().gaps()).isZero();
      }
    }
  }

  private static void askForPasswords(PostgresServer server, Path data) throws IOException {
    Path rules = data.resolve("pg_hba.conf");
    String ours =
        "host all watcher 127.0.0.1/32 scram-sha-256\n"
            + "host replication watcher 127.0.0.1/32 scram-sha-256\n";
    Files.writeString(rules, ours + Files.readString(rules));
    server.execute("SELECT pg_reload_conf()");
    await("the rules are read")
        .until(
            () ->
                server
                    .value(
                        "SELECT count(*) FROM pg_hba_file_rules WHERE 'watcher' = ANY (user_name)")
                    .equals("2"));
  }

  private static void endConnections(PostgresServer server) {
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'watcher'");
  }

  private TailedSource source(PostgresServer server, Path password) {
    SourceSettings settings =
        new SourceSettings(
            new SourceName("bank"),
            "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.port()),
            Optional.of("watcher"),
            Optional.of(new Secret.File(password)),
            Optional.empty(),
            List.of(TABLE),
            Map.of(),
            "kept",
            "kept",
            Duration.ZERO,
            Duration.ofMillis(250),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            IngestionSettings.DEFAULT.rowsPerSecond(),
            new ByteSize(10L << 30),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    InstantSource clock = () -> InstantSource.system().instant().plus(skipped);
    return new TailedSource(
        settings,
        new Definitions(List.of(), List.of()),
        log,
        Optional.empty(),
        directory.resolve("spools"),
        Tokens.none(),
        new PhysicalDatabases(),
        clock,
        troubles::add);
  }

  private void until(String what, TailedSource source, Callable<Boolean> condition) {
    await(what)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              source.tailing().step();
              source.probing().step();
              source.reading().step();
              log.sync();
              return condition.call();
            });
  }

  private int inserts() {
    int inserts = 0;
    try (LogReader<LogRecord> reader = log.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        inserts += reader.record() instanceof LogRecord.Commit commit && commit.xid() > 0 ? 1 : 0;
      }
    }
    return inserts;
  }
}
