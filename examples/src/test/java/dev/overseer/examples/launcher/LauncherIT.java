package dev.overseer.examples.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.overseer.examples.exchange.ExchangeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./overseer} on its own class path, which is not that of the tests: what only a test brings
 * is missing there. The demo's test runs on it too.
 */
class LauncherIT {
  private static final String NOWHERE = "jdbc:postgresql://127.0.0.1:1/postgres";

  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(directory);
  }

  @AfterEach
  void close() throws InterruptedException {
    shell.close();
  }

  @Test
  void it_says_how_it_is_used() throws Exception {
    assertThat(shell.run("\"$OVERSEER/overseer\" --help")).contains("demo", "run", "violation");
    assertThat(shell.run("\"$OVERSEER/overseer\" check list --help")).contains("--data-dir");
  }

  @Test
  void it_runs_the_server_and_tries_to_reach_its_sources() throws Exception {
    shell.write("overseer.yaml", ExchangeFiles.configuration(NOWHERE, NOWHERE + "2"));

    Process server =
        shell.start("exec \"$OVERSEER/overseer\" run --config overseer.yaml", "said.txt");

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(said())
                    .contains("Running; see", "Source payments is not connected: ", "refused"));
    Shell.stop(server);
    assertThat(said()).contains("Stopping").doesNotContain("Error");
  }

  @Test
  void it_examines_a_source_that_it_cannot_reach_and_says_so() throws Exception {
    shell.write("overseer.yaml", ExchangeFiles.configuration(NOWHERE, NOWHERE + "2"));

    assertThat(shell.run("\"$OVERSEER/overseer\" source test payments || echo code $?"))
        .contains("reachable", "refused", "code 2");
  }

  private String said() throws IOException {
    return Files.readString(directory.resolve("said.txt"));
  }
}
