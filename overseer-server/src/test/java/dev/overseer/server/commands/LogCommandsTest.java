package dev.overseer.server.commands;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.LogRecord;
import dev.overseer.server.json.Json;
import dev.overseer.server.transcript.UglyLog;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.UpdateLogCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCommandsTest {
  private static final UUID IDENTITY = UUID.fromString("6f1c0f6e-0000-4000-8000-00000000000a");
  private static final String CONFIG =
      """
      dataDirectory: data
      sources:
        payments: { type: postgres, url: "jdbc:postgresql://db/payments", tables: [public.withdrawals] }
      models: { withdrawal: { source: payments, table: public.withdrawals, key: id } }
      views: { withdrawal-alone: { root: withdrawal } }
      """;

  @TempDir private Path directory = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String config = "";

  @BeforeEach
  void write() throws IOException {
    config = Files.writeString(directory.resolve("overseer.yaml"), CONFIG).toString();
    LogSettings settings = LogSettings.of("updates", IDENTITY, InstantSource.system());
    try (SegmentedLog<LogRecord> log =
        SegmentedLog.open(data("data").resolve("updates"), new UpdateLogCodec(), settings)) {
      UglyLog.write(log);
    }
  }

  @Test
  void the_history_of_a_record_is_printed_while_a_server_writes() {
    LogSettings settings = LogSettings.of("updates", IDENTITY, InstantSource.system());
    try (SegmentedLog<LogRecord> _ =
        SegmentedLog.open(data("data").resolve("updates"), new UpdateLogCodec(), settings)) {
      assertThat(run("cat", "--config", config, "--model", "withdrawal", "--key", "2")).isZero();
    }

    assertThat(out.toString().lines()).hasSize(4);
    assertThat(out.toString())
        .contains("insert  public.withdrawals  withdrawal/2 id=2 amount=1.10 note=null");
  }

  @Test
  void the_last_records_are_printed_as_text_or_json() {
    run("cat", "--data-dir", data("data").toString(), "--last", "2");
    assertThat(out.toString().lines()).hasSize(2).allMatch(line -> line.contains("not whole"));

    out.getBuffer().setLength(0);
    run("cat", "--data-dir", data("data").toString(), "--limit", "1", "--json");
    assertThat(Json.readTree(out.toString()).get("kind").stringValue()).isEqualTo("source-opened");
  }

  @Test
  void statistics_are_a_table_or_json() {
    assertThat(run("stats", "--config", config)).isZero();
    assertThat(out.toString())
        .containsPattern("payments +public.withdrawals +truncate +1 +10")
        .containsPattern("updates, [0-9,]+ raw bytes, from ")
        .containsPattern("The log: [0-9,]+ stored bytes in 1 segments, [0-9.]+ for each raw byte");

    out.getBuffer().setLength(0);
    run("stats", "--config", config, "--source", "payments", "--json");
    assertThat(Json.readTree(out.toString()).get("selected").get("updates").asInt()).isEqualTo(13);
    assertThat(Json.readTree(out.toString()).get("log").get("segments").asInt()).isEqualTo(1);
  }

  @Test
  void what_is_exported_and_imported_is_exported_the_same() throws IOException {
    Path first = directory.resolve("first.ndjson");
    assertThat(run("export", "--config", config, "--output", first.toString())).isZero();
    String copy = data("copy").toString();
    assertThat(run("import", first.toString(), "--data-dir", copy, "--keep-identity")).isZero();
    assertThat(err.toString()).contains("a log with the identity " + IDENTITY);

    assertThat(run("export", "--config", config, "--data-dir", copy)).isZero();
    assertThat(out.toString()).isEqualTo(Files.readString(first));
    assertThat(data("copy")).isDirectoryContaining("glob:**/updates");
  }

  @Test
  void an_export_is_imported_from_standard_input_as_another_log() throws IOException {
    run("export", "--config", config);
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(out.toString().getBytes(UTF_8)));
      assertThat(run("import", "-", "--data-dir", data("copy").toString())).isZero();
    } finally {
      System.setIn(before);
    }
    assertThat(err.toString()).contains("records are in").doesNotContain(IDENTITY.toString());
  }

  @Test
  void changes_are_exported_as_a_parquet_table_into_a_file() {
    Path file = directory.resolve("changes.parquet");

    assertThat(run("export", "--format", "parquet", "--config", config)).isEqualTo(2);
    assertThat(err.toString()).contains("--output");
    assertThat(
            run("export", "--format", "parquet", "--config", config, "--output", file.toString()))
        .isZero();
    assertThat(err.toString()).contains("10 records are in");
    assertThat(directory).isDirectoryNotContaining("glob:**unfinished*");
  }

  @Test
  void what_cannot_be_asked_for_says_what_to_do() {
    assertThat(run("cat", "--data-dir", data("none").toString())).isEqualTo(2);
    assertThat(run("cat", "--model", "withdrawal")).isEqualTo(2);
    assertThat(run("cat", "--config", config, "--key", "1")).isEqualTo(2);
    assertThat(run("cat", "--config", config, "--model", "deposit")).isEqualTo(2);
    assertThat(run("cat", "--config", config, "--from", "yesterday")).isEqualTo(2);
    assertThat(run("import", "none.ndjson", "--data-dir", data("copy").toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("There is no update log in", "--data-dir")
        .contains("--model needs --config", "--key needs --model")
        .contains("No model is named 'deposit'", "or a day as 2026-01-31", "There is no file none");
  }

  @Test
  void help_tells_the_options_with_examples() {
    run("export", "--help");

    assertThat(out.toString()).contains("--from-offset", "--model", "Examples:", "zstd");
  }

  private Path data(String name) {
    return directory.resolve(name);
  }

  private int run(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "log";
    System.arraycopy(words, 0, all, 1, words.length);
    return OverseerCommand.execute(
        new OfflineProgram(),
        List.of(),
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        all);
  }
}
