package dev.overseer.server.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Lsn;
import dev.overseer.model.SourceName;
import dev.overseer.server.json.Json;
import dev.overseer.server.transcript.TranscriptImport.Imported;
import dev.overseer.server.transcript.TranscriptLine.Header;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.MemoryLog;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.RemoteSegments;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.UpdateLogCodec;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class TranscriptTest {
  private static final UUID IDENTITY = UUID.fromString("6f1c0f6e-0000-4000-8000-00000000000a");
  private static final UUID ANOTHER = UUID.fromString("6f1c0f6e-0000-4000-8000-00000000000b");

  @TempDir private Path directory = Path.of("");
  private final MemoryLog<LogRecord> log = new MemoryLog<>(IDENTITY);

  @BeforeEach
  void write() {
    UglyLog.write(log);
  }

  @Test
  void the_log_has_every_kind_of_record() {
    List<Class<?>> kinds = new ArrayList<>();
    try (LogReader<LogRecord> reader = log.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        kinds.add(reader.record().getClass());
      }
    }

    assertThat(kinds).contains(LogRecord.class.getPermittedSubclasses());
  }

  @Test
  void an_imported_transcript_gives_an_identical_log() {
    Imported imported = importAs(IDENTITY, transcript(LogSelection.ALL));

    try (ReadableLog<LogRecord> copy = UpdateLog.open(updates(), RemoteSegments.NONE)) {
      assertThat(imported).isEqualTo(new Imported(log.end().value(), IDENTITY));
      assertThat(copy.identity()).isEqualTo(IDENTITY);
      assertThat(copy.end()).isEqualTo(log.end());
      assertThat(records(copy)).isEqualTo(records(log));
      assertThat(transcript(copy, LogSelection.ALL)).isEqualTo(transcript(LogSelection.ALL));
    }
  }

  @Test
  void records_without_content_take_their_offsets_in_the_copy_too(@TempDir Path elsewhere) {
    LogSettings settings = UpdateLog.settings(IDENTITY, () -> Instant.EPOCH);
    try (SegmentedLog<LogRecord> claimed =
        SegmentedLog.open(elsewhere, new UpdateLogCodec(), settings)) {
      claimed.appendBlank();
      claimed.append(new LogRecord.Mark(new SourceName("s"), EffectiveTime.MIN, new Lsn(1)));
      claimed.appendBlank();
      claimed.append(new LogRecord.Mark(new SourceName("s"), EffectiveTime.MIN, new Lsn(2)));
      claimed.sync();
      importAs(IDENTITY, transcript(claimed, LogSelection.ALL));

      try (ReadableLog<LogRecord> copy = UpdateLog.open(updates(), RemoteSegments.NONE)) {
        assertThat(copy.end()).isEqualTo(claimed.end());
        assertThat(copy.get(new LogOffset(3))).isEqualTo(claimed.get(new LogOffset(3)));
      }
    }
  }

  @Test
  void models_of_the_configuration_change_nothing_but_what_people_read() {
    String told = transcript(log, LogSelection.ALL, new Definitions(List.of(), List.of()));
    importAs(ANOTHER, told);

    try (ReadableLog<LogRecord> copy = UpdateLog.open(updates(), RemoteSegments.NONE)) {
      assertThat(copy.identity()).isEqualTo(ANOTHER);
      assertThat(records(copy)).isEqualTo(records(log));
    }
  }

  @Test
  void the_beginning_of_a_log_can_be_imported_and_a_selection_cannot() {
    LogSelection beginning = LogSelection.ALL.to(new LogOffset(13));
    assertThat(importAs(IDENTITY, transcript(beginning)).records()).isEqualTo(13);

    String selected = transcript(LogSelection.ALL.from(new LogOffset(3)));
    assertThatThrownBy(() -> importInto(directory.resolve("other/updates"), selected))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("made with filters");
  }

  @Test
  void lines_tell_people_what_the_bytes_say() {
    JsonNode snapshot = Json.readTree(lines().get(6));

    assertThat(snapshot.get("kind").stringValue()).isEqualTo("change");
    assertThat(snapshot.get("record").get("operation").stringValue()).isEqualTo("snapshot");
    JsonNode readable = snapshot.get("readable");
    assertThat(readable.get("key").toString()).isEqualTo("[\"1\"]");
    assertThat(readable.get("table").stringValue()).isEqualTo("public.withdrawals");
    assertThat(readable.get("model").stringValue()).isEqualTo("withdrawal");
    assertThat(readable.get("effectiveTime").stringValue()).isEqualTo("1970-01-01T00:00:01Z");
    assertThat(readable.get("values").get("amount").stringValue()).isEqualTo(UglyLog.HUGE);
    assertThat(readable.get("values").get("note").stringValue()).isEqualTo(UglyLog.ODD_TEXT);
  }

  @Test
  void a_value_that_the_source_left_out_is_unknown_and_not_null() {
    String update =
        lines().stream()
            .filter(line -> line.contains("\"operation\":\"update\""))
            .findFirst()
            .get();
    String inserted =
        lines().stream().filter(line -> line.contains("\"amount\":\"1.10\"")).findFirst().get();

    assertThat(update).contains("\"amount\":\"0.001\"", "\"note\":{\"unknown\":");
    assertThat(inserted).contains("\"note\":null");
  }

  @Test
  void a_change_whose_transaction_never_became_whole_has_no_time() {
    List<String> torn =
        lines().stream().filter(line -> line.contains("\"note\":\"torn\"")).toList();

    assertThat(torn).hasSize(1);
    assertThat(torn.getFirst()).contains("\"2\"").doesNotContain("effectiveTime", "xid");
  }

  @Test
  void a_transcript_that_was_cut_off_is_noticed_wherever() {
    String whole = transcript(LogSelection.ALL);
    for (int length = 0; length < whole.length() - 1; length += 397) {
      assertNothingImported(whole.substring(0, length));
    }
    assertThat(refusal(String.join("\n", lines().subList(0, 5)) + "\n"))
        .hasMessageContaining("After line 5 the last line is missing");
  }

  @Test
  void a_character_that_was_altered_is_noticed_wherever() {
    String whole = transcript(LogSelection.ALL);
    for (int at = 0; at < whole.length() - 1; at += 193) {
      char other = whole.charAt(at) == 'x' ? 'y' : 'x';
      assertNothingImported(whole.substring(0, at) + other + whole.substring(at + 1));
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`\"kind\":\"change\"`, `\"kind\":\"chance\"`, there is no kind of record 'chance'",
        "`\"ordinal\":0`, `\"ordinal\":-1`, 'ordinal' is not a number",
        "`\"ordinal\":0`, `\"ordinal\":0.5`, 'ordinal' is not a whole number",
        "`\"operation\":\"snapshot\"`, `\"operation\":\"peek\"`, 'operation' cannot be 'peek'",
        "`\"raw\":\"`, `\"raw\":\"?`, 'raw' is not Base64",
        "`\"record\":{`, `\"record\":{\"more\":1,`, 'more' means nothing here",
        "`\"schemaOffset\":4`, `\"schema\":4`, 'schemaOffset' is missing",
        "`\"offset\":5`, `\"offset\":6`, `offset 6, where 5 comes next`",
        "`{\"offset\":5`, `\"offset\":5`, This is not the JSON that was expected"
      })
  void a_malformed_line_is_named_with_what_is_wrong(String from, String to, String expected) {
    List<String> lines = new ArrayList<>(lines());
    lines.set(6, lines.get(6).replace(from, to));

    assertThat(refusal(String.join("\n", lines) + "\n"))
        .hasMessageContaining("sample.ndjson was not imported")
        .hasMessageContaining("Line 7: ")
        .hasMessageContaining(expected);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void all_malformed_lines_are_reported_up_to_a_bound() {
    List<String> lines = new ArrayList<>(lines());
    lines.set(3, "nonsense");
    lines.set(5, "{}");
    assertThat(report(lines).lines().map(it -> it.split(":")[0]))
        .containsExactly("sample.ndjson was not imported", "Line 4", "Line 6");

    List<String> many = new ArrayList<>(List.of(lines().getFirst()));
    many.addAll(Collections.nCopies(1000, "{}"));
    assertThat(report(many).lines()).hasSize(21);
  }

  @Test
  void records_that_do_not_fit_together_are_refused_whatever_their_digest_says() {
    MemoryLog<LogRecord> unfit = new MemoryLog<>(IDENTITY);
    log.sync();
    LogRecord commit = log.get(new LogOffset(log.end().value() - 5));
    unfit.append(commit);
    unfit.append(log.get(new LogOffset(6)));
    unfit.sync();

    assertThat(refusal(transcript(unfit, LogSelection.ALL)))
        .hasMessageContaining("do not fit together");
  }

  @Test
  void a_log_is_imported_into_an_empty_directory_only() {
    importAs(IDENTITY, transcript(LogSelection.ALL));

    assertThat(refusal(transcript(LogSelection.ALL))).hasMessageContaining("empty data directory");
  }

  private void assertNothingImported(String transcript) {
    assertThat(refusal(transcript)).isInstanceOf(InvalidRequest.class);
    assertThat(directory).isEmptyDirectory();
  }

  private Throwable refusal(String transcript) {
    return catchThrowable(() -> importAs(IDENTITY, transcript));
  }

  private String report(List<String> lines) {
    return String.valueOf(refusal(String.join("\n", lines)).getMessage());
  }

  private Path updates() {
    return directory.resolve("updates");
  }

  private Imported importAs(UUID identity, String transcript) {
    return new TranscriptImport(updates(), _ -> identity, _ -> {})
        .run("sample.ndjson", new ByteArrayInputStream(transcript.getBytes(UTF_8)));
  }

  private static Imported importInto(Path updates, String transcript) {
    return new TranscriptImport(updates, it -> it, _ -> {})
        .run("sample.ndjson", new ByteArrayInputStream(transcript.getBytes(UTF_8)));
  }

  private List<String> lines() {
    return transcript(LogSelection.ALL).lines().toList();
  }

  private String transcript(LogSelection selection) {
    return transcript(log, selection);
  }

  private static String transcript(ReadableLog<LogRecord> log, LogSelection selection) {
    return transcript(log, selection, UglyLog.DEFINITIONS);
  }

  private static String transcript(
      ReadableLog<LogRecord> log, LogSelection selection, Definitions definitions) {
    StringWriter text = new StringWriter();
    TranscriptWriter writer =
        new TranscriptWriter(text, new Header(log.identity(), selection.isBeginning()));
    new LogTelling(log, definitions, selection)
        .tell(
            told -> {
              writer.add(told);
              return true;
            },
            _ -> {});
    writer.end();
    return text.toString();
  }

  /** Every record's bytes as they are stored. */
  private static List<String> records(ReadableLog<LogRecord> log) {
    List<String> records = new ArrayList<>();
    try (LogReader<LogRecord> reader = log.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        records.add(HexFormat.of().formatHex(new UpdateLogCodec().encode(reader.record())));
      }
    }
    return records;
  }
}
