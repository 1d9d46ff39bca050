package dev.overseer.ingestion.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.overseer.ingestion.SourceDefinition;
import dev.overseer.ingestion.SourceLost;
import dev.overseer.ingestion.postgres.PostgresTls.Mode;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.TableName;
import dev.overseer.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A real server that takes watchers over TLS only, by SCRAM; its certificate is for localhost. */
@TestInstance(Lifecycle.PER_CLASS)
class ConnectionIT {
  private static final String PGPASS_FILE = "org.postgresql.pgpassfile";

  @TempDir static Path directory = Path.of("");

  private final PostgresServer server = PostgresServer.start();

  @SuppressWarnings("NullAway.Init")
  private ServerCertificate certificate;

  @BeforeAll
  void takeWatchersOverTlsOnly() throws Exception {
    certificate = ServerCertificate.make(directory.resolve("server"), "localhost");
    server.execute(
        "CREATE TABLE entries (id int PRIMARY KEY)",
        "CREATE ROLE watcher LOGIN REPLICATION PASSWORD 'correct horse'",
        "GRANT SELECT ON entries TO watcher",
        "CREATE PUBLICATION watched FOR TABLE entries WITH (publish_via_partition_root = true)");
    place("server.crt", Files.readString(certificate.certificate()));
    place("server.key", Files.readString(certificate.key()));
    place(
        "pg_hba.conf",
        """
        host    all  postgres  all  trust
        hostssl all  all       all  scram-sha-256
        """);
    server.execute("ALTER SYSTEM SET ssl = on", "SELECT pg_reload_conf()");
    await().until(() -> server.value("SHOW ssl").equals("on"));
  }

  /** Written by the server itself, so that the file is its own user's. */
  private void place(String name, String text) throws IOException {
    Path file = Path.of(server.value("SHOW data_directory"), name);
    server.execute(
        "COPY (SELECT unnest(string_to_array(%s, E'\\n'))) TO %s"
            .formatted(Sql.text(text.strip()), Sql.text(file.toString())));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void a_source_is_tailed_over_verified_tls_with_scram() {
    try (Tail tail = Tail.of(source("localhost", Mode.VERIFY_FULL))) {
      tail.untilTailing();
      server.execute("INSERT INTO entries VALUES (1)");
      tail.untilCaughtUp();

      assertThat(tail.firstColumns()).containsExactly("1");
      assertThat(
              server.value(
                  "SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE"
                      + " usename = 'watcher'"))
          .isEqualTo("t");
      tail.assertNoTroubles();
    }
  }

  @Test
  void a_certificate_for_another_host_is_refused_where_the_host_is_verified() throws Exception {
    assertThat(PostgresIdentity.of(source("127.0.0.1", Mode.VERIFY_CA)).database())
        .isEqualTo("postgres");
    assertThatThrownBy(() -> PostgresIdentity.of(source("127.0.0.1", Mode.VERIFY_FULL)))
        .isInstanceOf(SourceLost.class)
        .hasMessageContaining("127.0.0.1");
  }

  @Test
  void a_certificate_of_a_stranger_is_refused_where_it_is_verified() throws Exception {
    Path stranger =
        ServerCertificate.make(directory.resolve("stranger"), "localhost").certificate();

    for (Mode verifying : List.of(Mode.VERIFY_CA, Mode.VERIFY_FULL)) {
      assertThatThrownBy(
              () -> PostgresIdentity.of(source("localhost", tls(verifying, Optional.of(stranger)))))
          .isInstanceOf(SourceLost.class)
          .hasMessageContaining("cannot connect");
    }
    assertThat(PostgresIdentity.of(source("localhost", tls(Mode.REQUIRE, Optional.empty()))))
        .isNotNull();
  }

  @Test
  void without_tls_the_server_refuses_us() {
    assertThatThrownBy(() -> PostgresIdentity.of(source("localhost", Mode.DISABLE)))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("no encryption");
  }

  @Test
  void a_wrong_password_is_a_refusal_and_the_right_one_may_be_in_a_pgpass_file() throws Exception {
    assertThatThrownBy(() -> PostgresIdentity.of(source(Optional.of("wrong horse"))))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("watcher")
        .hasMessageNotContaining("wrong horse");
    assertThatThrownBy(() -> PostgresIdentity.of(source(Optional.empty())))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("password");

    Path file =
        Files.writeString(
            directory.resolve("pgpass"),
            "localhost:%d:*:watcher:correct horse\n".formatted(server.port()));
    System.setProperty(PGPASS_FILE, file.toString());
    try {
      assertThat(PostgresIdentity.of(source(Optional.empty())).database()).isEqualTo("postgres");
    } finally {
      System.clearProperty(PGPASS_FILE);
    }
  }

  private PostgresSource source(String host, Mode mode) {
    return source(host, tls(mode, Optional.of(certificate.certificate())));
  }

  private PostgresSource source(String host, PostgresTls tls) {
    return source(host, tls, Optional.of("correct horse"));
  }

  private PostgresSource source(Optional<String> password) {
    return source(
        "localhost", tls(Mode.VERIFY_FULL, Optional.of(certificate.certificate())), password);
  }

  private PostgresSource source(String host, PostgresTls tls, Optional<String> password) {
    return new PostgresSource(
        new SourceDefinition(Tail.SOURCE, List.of(TableName.parse("public.entries"))),
        "jdbc:postgresql://%s:%d/postgres".formatted(host, server.port()),
        Optional.of(new PostgresLogin("watcher", password)),
        Optional.of(tls),
        "watched",
        "watched");
  }

  private static PostgresTls tls(Mode mode, Optional<Path> rootCertificate) {
    return new PostgresTls(mode, rootCertificate);
  }
}
