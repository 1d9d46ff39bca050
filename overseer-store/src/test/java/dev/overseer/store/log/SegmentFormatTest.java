package dev.overseer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.LogOffset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bytes of segments, as the reference documentation tells them: whoever changes them must still
 * be able to read these.
 */
class SegmentFormatTest {
  private static final LogSettings SETTINGS =
      LogSettings.of(
              "golden",
              UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
              () -> Instant.parse("2026-01-02T03:04:05.678901Z"))
          .withSegmentBytes(150);

  @TempDir private Path directory;

  @Test
  void the_stored_bytes_stay_as_they_are() throws IOException {
    try (SegmentedLog<String> log = open()) {
      log.append("a");
      log.appendTogether(List.of("bc", "")); // a record without content, which no reader shows
      log.sync();
      log.append("d");
      log.sync();
      log.append("e");
      log.sync();
    }

    List<String> files = new ArrayList<>();
    for (Path segment : SegmentNames.list(directory)) {
      files.add(HexFormat.of().formatHex(Files.readAllBytes(segment)));
    }
    assertThat(files).isEqualTo(golden());
  }

  @Test
  void the_stored_bytes_of_before_are_still_read_and_gone_on_with() throws IOException {
    long[] firsts = {0, 4};
    for (int i = 0; i < firsts.length; i++) {
      Path file = SegmentNames.of(directory, firsts[i]);
      Files.write(file, HexFormat.of().parseHex(golden().get(i)));
    }

    try (SegmentedLog<String> log = open()) {
      log.append("f");
      log.sync();
      assertThat(records(log)).containsExactly("a", "bc", "d", "e", "f");
      assertThat(log.cut()).isEmpty();
      assertThat(log.identity()).isEqualTo(SETTINGS.identityIfNew());
    }
  }

  /**
   * What a compressor makes of the same records may change with its version; what it made stays.
   */
  @Test
  void packed_segments_of_before_are_still_read_verified_and_gone_on_with() throws IOException {
    long[] firsts = {0, 4, 6};
    for (int i = 0; i < firsts.length; i++) {
      Path file = SegmentNames.of(directory, firsts[i]);
      Files.write(file, HexFormat.of().parseHex(lines("packed.hex").get(i)));
    }
    assertThat(
            new LogVerification("golden", new LocalSegmentFiles(directory), (_, _) -> {})
                .run()
                .damage())
        .isEmpty();

    try (SegmentedLog<String> log = open()) {
      assertThat(log.packed(new LogOffset(4))).isPresent();
      assertThat(records(log)).containsExactly("a", "bc", "d", "e", "f".repeat(76), "g");
    }
  }

  private SegmentedLog<String> open() {
    return SegmentedLog.open(directory, new TextCodec(), SETTINGS);
  }

  private static List<String> records(SegmentedLog<String> log) {
    List<String> records = new ArrayList<>();
    try (LogReader<String> reader = log.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        records.add(reader.record());
      }
    }
    return records;
  }

  private static List<String> golden() throws IOException {
    return lines("segments.hex");
  }

  private static List<String> lines(String resource) throws IOException {
    try (InputStream in = SegmentFormatTest.class.getResourceAsStream(resource)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().toList();
    }
  }
}
