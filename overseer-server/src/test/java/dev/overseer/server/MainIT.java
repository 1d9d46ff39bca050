package dev.overseer.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.overseer.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in a process of its own. */
class MainIT {
  private static final String PASSWORD = "hunter2-of-payments";
  private static final int TERMINATED = 128 + 15;

  @TempDir private Path directory = Path.of("");
  private final List<Started> logs = new ArrayList<>();

  private record Started(Process process, Path log) {}

  @AfterEach
  void endWhatStillRuns() {
    logs.forEach(started -> started.process().destroyForcibly());
  }

  @Test
  void it_stops_in_order_when_terminated_can_be_read_when_killed_and_prints_no_secret()
      throws Exception {
    try (PostgresServer postgres = PostgresServer.start()) {
      postgres.execute("CREATE TABLE withdrawals (id bigint PRIMARY KEY, amount numeric)");
      Path config =
          Files.writeString(
              directory.resolve("overseer.yaml"),
              """
              dataDirectory: data
              http: { port: 0, token: "${file:token}" }
              sources:
                payments:
                  type: postgres
                  url: "jdbc:postgresql://127.0.0.1:%d/postgres"
                  user: postgres
                  password: "${env:PAYMENTS_PASSWORD}"
              models: { withdrawal: { source: payments, table: public.withdrawals, key: id } }
              views: { withdrawal-alone: { root: withdrawal } }
              """
                  .formatted(postgres.port()));
      Files.writeString(directory.resolve("token"), PASSWORD);

      Process running = start("run", "--verbose", "--config", config.toString());
      Path announced = directory.resolve("data/server.json");
      await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(announced));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> output("source", "list", "--config", config.toString()).contains("tailing"));
      String address = Files.readString(announced);
      running.destroy();

      assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(running.exitValue()).isEqualTo(TERMINATED);
      assertThat(said(running)).contains("Running", "Stopping").doesNotContain(PASSWORD);
      assertThat(address).contains("${file:").doesNotContain(PASSWORD);
      assertThat(announced).doesNotExist();
      assertThat(output("source", "list", "--config", config.toString()))
          .containsPattern("payments +stopped +20");

      Process killed = start("run", "--config", config.toString());
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> said(killed).contains("is tailed") && Files.exists(announced));
      killed.destroyForcibly().waitFor();
      assertThat(output("source", "list", "--config", config.toString()))
          .contains("does not answer")
          .containsPattern("payments +stopped +20");
      assertThat(output("violation", "list", "--config", config.toString()))
          .contains("No unresolved violations");
      assertThat(output("check", "list", "--config", config.toString())).contains("COVERED");
    }
  }

  @Test
  void a_wrong_configuration_ends_it_with_the_mistakes_and_their_exit_code() throws Exception {
    Path config = Files.writeString(directory.resolve("overseer.yaml"), "sauces: {}\n");

    Process process = start("run", "--config", config.toString());

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(said(process)).contains("overseer.yaml:1:1").contains("did you mean: sources");
  }

  private String output(String... words) throws IOException, InterruptedException {
    Process process = start(words);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said(process);
  }

  private Process start(String... words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(words));
    Path log = Files.createTempFile(directory, "said", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("PAYMENTS_PASSWORD", PASSWORD);
    Process process = builder.start();
    logs.add(new Started(process, log));
    return process;
  }

  private String said(Process process) throws IOException {
    Path log =
        logs.stream()
            .filter(it -> it.process().equals(process))
            .map(Started::log)
            .findFirst()
            .orElseThrow();
    return Files.readString(log, UTF_8);
  }
}
