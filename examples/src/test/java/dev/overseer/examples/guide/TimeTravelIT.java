package dev.overseer.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.overseer.examples.launcher.Shell;
import dev.overseer.examples.toys.ToyChecks;
import dev.overseer.server.Overseer;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.testkit.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows docs/guides/time-travel.md, block by block. */
class TimeTravelIT {
  private static final Path GUIDE = Path.of("../docs/guides/time-travel.md");
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  void a_toy_is_read_at_both_points_in_time_as_text_json_and_protobuf() throws Exception {
    Guide guide = Guide.read(GUIDE);
    String table = guide.next("sql");
    String yaml = guide.next("yaml");
    assertThat(table).isEqualTo(file("toys.sql"));
    assertThat(yaml).isEqualTo(file("overseer.yaml"));
    try (PostgresServer server = PostgresServer.start();
        Shell shell = new Shell(directory)) {
      server.execute(table);
      shell.write("overseer.yaml", here(yaml, server));
      try (Overseer overseer = start()) {
        await()
            .atMost(SOON)
            .until(() -> overseer.desk().sources().getFirst().unknownTables().isEmpty());
        server.execute(guide.next("sql"));
        server.execute(guide.next("sql"));
        String history = awaitHistory(shell, guide.next("sh"));
        assertThat(lines(history)).containsSubsequence(lines(guide.next("text")));

        shell.with("CREATED", timeOfInsert(history));
        assertShows(shell.run(guide.next("sh")), guide.next("text"));
        assertShows(shell.run(guide.next("sh")), guide.next("text"));
        assertServed(overseer, guide.next("text").strip(), guide.next("text").strip());
      }
    }
    assertThat(guide.isAtEnd()).isTrue();
  }

  private Overseer start() {
    Configuration configuration =
        Configuration.read(directory.resolve("overseer.yaml"))
            .withDataDirectory(directory.resolve("overseer-data"));
    return Overseer.start(configuration, List.of(new ToyChecks()));
  }

  /** Where this test's server is, and no fixed port of this machine. */
  private static String here(String yaml, PostgresServer server) {
    return yaml.replace("localhost:5432", "localhost:" + server.port()) + "\nhttp: { port: 0 }\n";
  }

  private static String awaitHistory(Shell shell, String command) {
    List<String> printed = new ArrayList<>();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              printed.add(shell.run(command));
              assertThat(printed.getLast()).contains("update", "insert");
            });
    return printed.getLast();
  }

  private static String timeOfInsert(String history) {
    Matcher insert = Pattern.compile("(?m)^(\\S+)  insert  ").matcher(history);
    assertThat(insert.find()).isTrue();
    return insert.group(1);
  }

  /** But for the updates' offsets, which the guide leaves out. */
  private static void assertShows(String printed, String expected) {
    List<String> rows =
        lines(printed).stream().map(row -> row.replaceAll("\\s+\\d+$", "")).toList();
    assertThat(rows.stream().map(TimeTravelIT::narrowed).toList())
        .containsSubsequence(lines(expected).stream().map(TimeTravelIT::narrowed).toList());
  }

  private static String narrowed(String row) {
    return row.replaceAll(" +", " ");
  }

  private static List<String> lines(String text) {
    return text.lines().filter(line -> !line.isBlank()).toList();
  }

  private static void assertServed(Overseer overseer, String path, String descriptor)
      throws Exception {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(served(overseer, path, "application/json"))
                    .contains("\"value\":\"balloon\"", "\"covered\":true", "\"provisional\":[]"));
    assertThat(served(overseer, path, "application/x-protobuf")).contains("balloon", "blue");
    assertThat(served(overseer, descriptor, "*/*")).contains("ToyAloneReading", "ToyRecord");
  }

  private static String served(Overseer overseer, String path, String type) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(overseer.url() + path)).header("Accept", type).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  private static String file(String name) throws IOException {
    try (InputStream in = ToyChecks.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
