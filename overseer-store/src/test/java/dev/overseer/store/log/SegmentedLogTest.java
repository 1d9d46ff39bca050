package dev.overseer.store.log;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With segments and blocks so small that every test crosses their bounds. */
class SegmentedLogTest extends AppendLogContract {
  private static final LogSettings SETTINGS =
      LogSettings.of("test", new UUID(3, 4), () -> Instant.EPOCH)
          .withSegmentBytes(2000)
          .withBlockBytes(200)
          .withCacheBytes(10_000);

  @TempDir private Path temporary;
  private final Map<AppendLog<String>, Path> directories = new IdentityHashMap<>();
  private int created;

  @Override
  protected AppendLog<String> create() {
    return openAt(temporary.resolve("log-" + created++));
  }

  @Override
  protected AppendLog<String> crash(AppendLog<String> log) throws IOException {
    Path copy = temporary.resolve("crashed-" + created++);
    LogFiles.copy(requireNonNull(directories.get(log)), copy);
    log.close();
    return openAt(copy);
  }

  @Override
  protected AppendLog<String> reopen(AppendLog<String> log) {
    log.close();
    return openAt(requireNonNull(directories.get(log)));
  }

  private SegmentedLog<String> openAt(Path directory) {
    SegmentedLog<String> log = SegmentedLog.open(directory, new TextCodec(), SETTINGS);
    directories.put(log, directory);
    return log;
  }

  @Test
  void a_record_without_content_takes_an_offset_and_is_passed_over() {
    try (SegmentedLog<String> log = openAt(temporary.resolve("blank"));
        LogReader<String> reader = log.reader(LogOffset.ZERO)) {
      log.appendBlank();
      log.sync();
      assertThat(reader.next()).isFalse();

      log.append("a");
      log.appendBlank();
      log.append("b");
      log.sync();
      assertThat(reader.next()).isTrue();
      assertThat(reader.offset()).isEqualTo(new LogOffset(1));
      assertThat(reader.record()).isEqualTo("a");
      assertThat(reader.next()).isTrue();
      assertThat(reader.offset()).isEqualTo(new LogOffset(3));
      assertThat(log.end()).isEqualTo(new LogOffset(4));
    }
  }

  @Test
  void a_full_segment_is_followed_by_another_named_by_its_first_offset() throws IOException {
    Path directory = temporary.resolve("many");
    try (SegmentedLog<String> log = openAt(directory)) {
      for (int i = 0; i < 400; i++) {
        log.append("record-" + i);
        if (i % 3 == 0) {
          log.sync();
        }
      }
      log.sync();
    }

    List<Path> segments = SegmentNames.list(directory);
    assertThat(segments).hasSizeGreaterThan(3);
    assertThat(segments.getFirst().getFileName()).hasToString("00000000000000000000.segment");
    for (Path segment : segments) {
      assertThat(Files.size(segment)).isLessThan(2000 + 400 + 2000);
    }
  }

  @Test
  void a_second_writer_is_told_that_the_log_is_being_written() {
    Path directory = temporary.resolve("shared");
    try (SegmentedLog<String> first = openAt(directory)) {
      assertThatThrownBy(() -> openAt(directory))
          .isInstanceOf(InvalidRequest.class)
          .hasMessageContaining("another process")
          .hasMessageContaining("pid");
      first.append("goes on");
      first.sync();
    }
    try (SegmentedLog<String> next = openAt(directory)) {
      assertThat(next.get(LogOffset.ZERO)).isEqualTo("goes on");
    }
  }

  @Test
  void the_directory_of_another_log_is_refused() {
    Path directory = temporary.resolve("updates");
    openAt(directory).close();
    LogSettings journal = LogSettings.of("journal", new UUID(0, 1), () -> Instant.EPOCH);

    assertThatThrownBy(() -> SegmentedLog.open(directory, new TextCodec(), journal))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("holds the log 'test', not 'journal'");
  }

  @Test
  void a_reader_of_the_directory_sees_what_is_durable_and_changes_nothing() throws IOException {
    Path directory = temporary.resolve("read");
    try (SegmentedLog<String> log = openAt(directory)) {
      log.append("a");
      log.sync();
      Path segment = SegmentNames.list(directory).getLast();
      byte[] torn = Files.readAllBytes(segment);
      LogFiles.append(segment, new byte[] {1, 2, 3});
      try (ReadableLog<String> reader =
          SegmentedLog.openReadOnly(directory, new TextCodec(), SETTINGS)) {
        assertThat(reader.end()).isEqualTo(new LogOffset(1));
        assertThat(reader.get(LogOffset.ZERO)).isEqualTo("a");
        assertThat(reader.identity()).isEqualTo(log.identity());
      }
      assertThat(Files.size(segment)).isEqualTo(torn.length + 3);
    }
  }

  @Test
  void a_directory_without_a_log_cannot_be_read() {
    assertThatThrownBy(() -> SegmentedLog.openReadOnly(temporary, new TextCodec(), SETTINGS))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("holds no log");
  }

  @Test
  void whoever_appends_too_much_syncs() {
    LogSettings small = SETTINGS.withUnsyncedBytesMax(1000);
    try (SegmentedLog<String> log =
        SegmentedLog.open(temporary.resolve("small"), new TextCodec(), small)) {
      for (int i = 0; i < 100; i++) {
        log.append("x".repeat(100));
        assertThat(log.appended().value() - log.end().value()).isLessThanOrEqualTo(10);
      }
    }
  }

  @Test
  void after_a_refusal_of_the_disk_the_log_must_be_opened_anew() throws IOException {
    Path directory = temporary.resolve("refusing");
    Path obstacle = SegmentNames.of(directory, 1);
    LogSettings tiny = SETTINGS.withSegmentBytes(1);
    try (SegmentedLog<String> log = SegmentedLog.open(directory, new TextCodec(), tiny)) {
      log.append("kept");
      log.sync();
      Files.createDirectories(obstacle.resolve("not empty"));
      log.append("refused");
      assertThatThrownBy(log::sync).isInstanceOf(Unavailable.class);
      assertThatThrownBy(log::sync)
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("opened anew");
      assertThatThrownBy(() -> log.append("too")).isInstanceOf(Unavailable.class);
      assertThat(log.get(LogOffset.ZERO)).isEqualTo("kept");
    }
    Files.delete(obstacle.resolve("not empty"));
    Files.delete(obstacle);

    try (SegmentedLog<String> log = openAt(directory)) {
      assertThat(log.end()).isEqualTo(new LogOffset(1));
      assertThat(log.append("again")).isEqualTo(new LogOffset(1));
    }
  }

  @Test
  void an_interrupted_thread_reads_and_writes_as_any_other() {
    try (SegmentedLog<String> log = openAt(temporary.resolve("interrupted"))) {
      Thread.currentThread().interrupt();
      for (int i = 0; i < 200; i++) {
        log.append("record-" + i);
        log.sync();
      }
      assertThat(log.get(LogOffset.ZERO)).isEqualTo("record-0");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(log.get(new LogOffset(199))).isEqualTo("record-199");
    }
  }

  @Test
  void the_memory_for_blocks_is_bounded() {
    BlockCache cache = new BlockCache(10_000);
    UUID identity = new UUID(1, 1);
    for (int i = 0; i < 1000; i++) {
      BlockBuilder builder = new BlockBuilder(10);
      builder.begin(i);
      builder.add(new byte[300]);
      cache.put(builder.finish(identity, 0));
      assertThat(cache.bytes()).isLessThanOrEqualTo(10_000);
    }
    assertThat(cache.find(999)).isNotNull();
    assertThat(cache.find(0)).isNull();
  }

  @Test
  void a_closed_log_is_refused() {
    SegmentedLog<String> log = openAt(temporary.resolve("closed"));
    log.append("a");
    log.sync();
    log.close();

    assertThatThrownBy(() -> log.append("b")).isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> log.get(LogOffset.ZERO)).isInstanceOf(InvalidRequest.class);
  }
}
