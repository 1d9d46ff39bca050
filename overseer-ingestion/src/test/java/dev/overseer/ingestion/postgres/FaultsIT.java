package dev.overseer.ingestion.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.ingestion.IngestionSettings;
import dev.overseer.ingestion.SourceDefinition;
import dev.overseer.ingestion.SourceStatus.Phase;
import dev.overseer.testkit.PostgresServer;
import dev.overseer.testkit.TcpFaultProxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What happens to servers and networks. */
class FaultsIT {
  private static final Duration SILENCE_MAX = Duration.ofSeconds(1);

  @Test
  void a_connection_that_is_open_on_our_side_alone_is_given_up_and_made_again() {
    try (PostgresServer server = PostgresServer.start();
        TcpFaultProxy proxy = TcpFaultProxy.to(server.port())) {
      server.execute("CREATE TABLE half (id int PRIMARY KEY)");
      PostgresSource direct = impatient(Tail.source(server.jdbcUrl(), "half", "public.half"));
      String url = server.jdbcUrl().replace(":" + server.port(), ":" + proxy.port());
      PostgresSource source =
          new PostgresSource(
              direct.definition(),
              url,
              direct.login(),
              direct.tls(),
              direct.publication(),
              direct.slot());
      try (Tail tail = Tail.of(source, direct)) {
        tail.untilCaughtUp();
        proxy.pause();
        Instant paused = InstantSource.system().instant();
        server.execute("INSERT INTO half VALUES (1)");
        tail.until("given up", () -> tail.status().phase() == Phase.DISCONNECTED);

        assertThat(Duration.between(paused, InstantSource.system().instant()))
            .as("closing waits for nobody")
            .isLessThan(SILENCE_MAX.plusSeconds(3));
        assertThat(tail.status().lastFailure().orElseThrow()).contains("silent");
        assertThat(tail.status().retryAt()).isPresent();
        proxy.resume();
        tail.untilCaughtUp();
        assertThat(tail.firstColumns()).containsExactly("1");
        assertThat(tail.status().counts().connections()).isGreaterThan(1);
        assertThat(tail.status().retryAt()).isEmpty();
        tail.assertNoTroubles();
      }
    }
  }

  private static PostgresSource impatient(PostgresSource source) {
    IngestionSettings all = IngestionSettings.DEFAULT;
    IngestionSettings settings =
        new IngestionSettings(
            all.clockOffset(),
            all.commitSlack(),
            all.probeEvery(),
            all.confirmEvery(),
            all.jumpMax(),
            SILENCE_MAX,
            all.retryMin(),
            all.retryMax(),
            all.rowsPerSecond(),
            all.retainedBytesMax(),
            all.heartbeatEvery());
    SourceDefinition definition =
        new SourceDefinition(source.definition().source(), source.definition().tables(), settings);
    return new PostgresSource(
        definition,
        source.url(),
        source.login(),
        source.tls(),
        source.publication(),
        source.slot());
  }

  @Test
  @EnabledIfSystemProperty(named = "overseer.it", matches = "all")
  void a_server_that_loses_its_power_under_load_loses_and_doubles_nothing() {
    try (PostgresServer server = PostgresServer.start()) {
      server.execute("CREATE TABLE dark (id int PRIMARY KEY)");
      try (Tail tail = Tail.of(Tail.source(server.jdbcUrl(), "dark", "public.dark"))) {
        tail.untilTailing();
        for (int round = 1; round <= 3; round++) {
          server.execute(
              "INSERT INTO dark SELECT i FROM generate_series(%d, %d) i"
                  .formatted(round * 1000, round * 1000 + 99));
          server.kill();
          tail.until("lost", () -> tail.status().retryAt().isPresent());
          server.resume();
        }
        tail.retryNow();
        tail.untilCaughtUp();

        List<String> stored = tail.firstColumns();
        assertThat(stored).hasSize(300).doesNotHaveDuplicates();
        assertThat(tail.status().counts().gaps()).isZero();
      }
    }
  }
}
