package dev.overseer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.LogOffset;
import dev.overseer.store.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash may leave is cut; what it cannot have left stops the program. */
class SegmentDamageTest {
  private static final LogSettings SETTINGS =
      LogSettings.of("test", new UUID(5, 6), () -> Instant.EPOCH);
  private static final int BLOCK_OF_TWO = Block.HEADER_LENGTH + 2 * (5 + Block.END_LENGTH);

  @TempDir private Path temporary;
  private int copies;

  @Test
  void a_tail_torn_at_any_byte_is_cut_to_the_last_whole_block() throws IOException {
    Path origin = groupsOfTwo(3);
    Path segment = SegmentNames.list(origin).getLast();
    int whole = (int) Files.size(segment);

    for (int length = whole - BLOCK_OF_TWO; length < whole; length++) {
      Path copy = copy(origin);
      LogFiles.truncate(inCopy(copy, segment), length);
      int torn = length - (whole - BLOCK_OF_TWO);

      try (SegmentedLog<String> log = open(copy)) {
        assertThat(read(log)).containsExactly("one-0", "two-0", "one-1", "two-1");
        assertThat(log.cut().map(TornTail::bytes).orElse(0L)).isEqualTo(torn);
        log.append("after");
        log.sync();
      }
      try (SegmentedLog<String> log = open(copy)) {
        assertThat(read(log)).containsExactly("one-0", "two-0", "one-1", "two-1", "after");
        assertThat(log.cut()).isEmpty();
      }
    }
  }

  @Test
  void a_last_block_with_any_bit_wrong_is_cut() throws IOException {
    Path origin = groupsOfTwo(2);
    Path segment = SegmentNames.list(origin).getLast();
    int whole = (int) Files.size(segment);

    for (int at = whole - BLOCK_OF_TWO; at < whole; at++) {
      Path copy = copy(origin);
      LogFiles.flip(inCopy(copy, segment), at);

      try (SegmentedLog<String> log = open(copy)) {
        assertThat(read(log)).containsExactly("one-0", "two-0");
      }
    }
  }

  @Test
  void a_block_that_was_durable_and_has_any_bit_wrong_stops_the_program() throws IOException {
    Path origin = groupsOfTwo(3);
    Path segment = SegmentNames.list(origin).getLast();
    int whole = (int) Files.size(segment);
    int headerLength = whole - 3 * BLOCK_OF_TWO;

    for (int at = headerLength; at < whole - BLOCK_OF_TWO; at++) {
      Path copy = copy(origin);
      LogFiles.flip(inCopy(copy, segment), at);
      int bad = (at - headerLength) / BLOCK_OF_TWO;

      assertThatThrownBy(() -> open(copy))
          .isInstanceOf(CorruptStore.class)
          .hasMessageContaining(inCopy(copy, segment).toString())
          .hasMessageContaining("position " + (headerLength + bad * BLOCK_OF_TWO))
          .hasMessageContaining("offset " + 2 * bad);
    }
  }

  @Test
  void blocks_of_one_sync_may_be_torn_in_any_order() throws IOException {
    Path origin = temporary.resolve("one-sync");
    try (SegmentedLog<String> log =
        SegmentedLog.open(origin, new TextCodec(), SETTINGS.withBlockBytes(1))) {
      log.append("durable");
      log.sync();
      log.append("first");
      log.append("second");
      log.sync();
    }
    Path segment = SegmentNames.list(origin).getLast();
    int second = Block.HEADER_LENGTH + "second".length() + Block.END_LENGTH;
    LogFiles.flip(segment, (int) Files.size(segment) - second - 6);

    try (SegmentedLog<String> log = open(origin)) {
      assertThat(read(log)).containsExactly("durable");
      assertThat(log.cut().orElseThrow().end()).isEqualTo(new LogOffset(1));
    }
  }

  @Test
  void zeros_that_the_file_system_left_are_cut() throws IOException {
    Path directory = groupsOfTwo(1);
    LogFiles.append(SegmentNames.list(directory).getLast(), new byte[5000]);

    try (SegmentedLog<String> log = open(directory)) {
      assertThat(read(log)).containsExactly("one-0", "two-0");
      assertThat(log.cut().orElseThrow().bytes()).isEqualTo(5000);
    }
  }

  @Test
  void a_record_that_looks_like_a_block_proves_nothing() throws IOException {
    Path other = temporary.resolve("other");
    LogSettings otherLog = LogSettings.of("test", new UUID(9, 9), () -> Instant.EPOCH);
    try (SegmentedLog<String> log = SegmentedLog.open(other, new TextCodec(), otherLog)) {
      for (int i = 0; i < 5; i++) {
        log.append("abcde");
        log.sync();
      }
    }
    byte[] foreign = Files.readAllBytes(SegmentNames.list(other).getLast());
    Path directory = groupsOfTwo(1);
    LogFiles.append(SegmentNames.list(directory).getLast(), foreign);

    try (SegmentedLog<String> log = open(directory)) {
      assertThat(read(log)).containsExactly("one-0", "two-0");
    }
  }

  @Test
  void a_bit_wrong_anywhere_in_a_sealed_segment_is_never_read_as_if_it_were_right()
      throws IOException {
    Path origin = sealedSegments();
    Path sealed = SegmentNames.list(origin).get(1);
    List<String> expected;
    try (SegmentedLog<String> log = open(origin)) {
      expected = read(log);
    }

    for (int at = 0; at < Files.size(sealed); at++) {
      Path copy = copy(origin);
      LogFiles.flip(inCopy(copy, sealed), at);

      Throwable failure =
          catchThrowable(
              () -> {
                try (SegmentedLog<String> log = open(copy)) {
                  assertThat(read(log)).isEqualTo(expected);
                }
              });

      assertThat(failure)
          .as("position %d", at)
          .isInstanceOf(CorruptStore.class)
          .hasMessageContaining(sealed.getFileName().toString());
    }
  }

  @Test
  void a_missing_segment_stops_the_program() throws IOException {
    for (int missing = 0; missing < 2; missing++) {
      Path copy = copy(sealedSegments());
      Files.delete(SegmentNames.list(copy).get(missing));

      assertThatThrownBy(() -> open(copy))
          .isInstanceOf(CorruptStore.class)
          .hasMessageContaining("missing");
    }
  }

  @Test
  void a_segment_of_another_log_stops_the_program() throws IOException {
    Path directory = sealedSegments();
    Path other = temporary.resolve("stranger");
    LogSettings settings =
        LogSettings.of("test", new UUID(7, 7), () -> Instant.EPOCH).withSegmentBytes(150);
    write(other, settings, 4);
    Path stranger = SegmentNames.list(other).get(1);
    Files.delete(SegmentNames.list(directory).get(1));
    Files.copy(stranger, inCopy(directory, stranger));

    assertThatThrownBy(() -> open(directory))
        .isInstanceOf(CorruptStore.class)
        .hasMessageContaining("belongs to another log");
  }

  @Test
  void a_crash_between_two_segments_loses_nothing() throws IOException {
    Path directory = sealedSegments();
    List<Path> segments = SegmentNames.list(directory);
    Files.delete(segments.getLast());
    Files.write(
        directory.resolve(segments.getLast().getFileName() + Disk.UNFINISHED), new byte[] {1});
    long end;
    try (SegmentedLog<String> log = open(directory)) {
      end = log.end().value();
      log.append("next");
      log.sync();
    }

    try (SegmentedLog<String> log = open(directory)) {
      assertThat(log.get(new LogOffset(end))).isEqualTo("next");
    }
    assertThat(SegmentNames.list(directory)).isEqualTo(segments);
    assertThat(SegmentNames.listUnfinished(directory)).isEmpty();
  }

  @Test
  void a_footer_torn_at_any_byte_is_cut_and_written_again() throws IOException {
    Path origin = sealedSegments();
    Files.delete(SegmentNames.list(origin).getLast());
    Path sealed = SegmentNames.list(origin).getLast();
    List<String> expected;
    long footerAt;
    try (ReadableLog<String> log = SegmentedLog.openReadOnly(origin, new TextCodec(), SETTINGS)) {
      expected = read(log);
    }
    try (SegmentedLog<String> log = open(copyWithCut(origin, sealed, 1))) {
      footerAt = log.cut().orElseThrow().position();
    }

    for (int length = (int) footerAt; length < Files.size(sealed); length++) {
      Path copy = copy(origin);
      LogFiles.truncate(inCopy(copy, sealed), length);
      try (SegmentedLog<String> log = open(copy)) {
        assertThat(read(log)).isEqualTo(expected);
      }
    }
  }

  private Path copyWithCut(Path origin, Path segment, int bytes) throws IOException {
    Path copy = copy(origin);
    LogFiles.truncate(inCopy(copy, segment), (int) Files.size(segment) - bytes);
    return copy;
  }

  private Path groupsOfTwo(int groups) {
    Path directory = temporary.resolve("groups-" + copies++);
    write(directory, SETTINGS, groups);
    return directory;
  }

  private Path sealedSegments() {
    Path directory = temporary.resolve("sealed-" + copies++);
    write(directory, SETTINGS.withSegmentBytes(150), 7);
    assertThat(SegmentNames.list(directory)).hasSizeGreaterThan(2);
    return directory;
  }

  private static void write(Path directory, LogSettings settings, int groups) {
    try (SegmentedLog<String> log = SegmentedLog.open(directory, new TextCodec(), settings)) {
      for (int i = 0; i < groups; i++) {
        log.appendTogether(List.of("one-" + i, "two-" + i));
        log.sync();
      }
    }
  }

  private static SegmentedLog<String> open(Path directory) {
    return SegmentedLog.open(directory, new TextCodec(), SETTINGS);
  }

  private Path copy(Path origin) throws IOException {
    Path copy = temporary.resolve("copy-" + copies++);
    LogFiles.copy(origin, copy);
    return copy;
  }

  private static Path inCopy(Path copy, Path file) {
    return copy.resolve(file.getFileName());
  }

  private static List<String> read(ReadableLog<String> log) {
    List<String> records = new ArrayList<>();
    try (LogReader<String> reader = log.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        records.add(reader.record());
      }
    }
    return records;
  }
}
