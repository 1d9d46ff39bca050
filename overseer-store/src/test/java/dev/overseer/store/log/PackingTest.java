package dev.overseer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.LogOffset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackingTest {
  private static final int RECORDS = 2000;

  @TempDir private Path directory;

  private SegmentedLog<String> open() {
    LogSettings settings =
        LogSettings.of("test", new UUID(5, 6), () -> Instant.EPOCH)
            .withSegmentBytes(4000)
            .withBlockBytes(300)
            .withCacheBytes(2000);
    return SegmentedLog.open(directory, new TextCodec(), settings);
  }

  private static void append(SegmentedLog<String> log, int from, int to) {
    for (int i = from; i < to; i++) {
      log.append("record-" + i);
      if (i % 7 == 0) {
        log.sync();
      }
    }
    log.sync();
  }

  private static List<String> expected(int count) {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add("record-" + i);
    }
    return records;
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

  private static void packAll(SegmentedLog<String> log) {
    while (log.pack()) {
      // Until all sealed segments are packed.
    }
  }

  @Test
  void packed_segments_hold_the_same_records_in_less_room() throws IOException {
    try (SegmentedLog<String> log = open()) {
      append(log, 0, RECORDS);
      long before = bytes();
      packAll(log);

      assertThat(bytes()).isLessThan(before / 2);
      assertThat(read(log)).isEqualTo(expected(RECORDS));
      append(log, RECORDS, RECORDS + 100);
      assertThat(read(log)).isEqualTo(expected(RECORDS + 100));
    }
    try (SegmentedLog<String> log = open()) {
      packAll(log);
      assertThat(read(log)).isEqualTo(expected(RECORDS + 100));
    }
  }

  private long bytes() throws IOException {
    long bytes = 0;
    for (Path file : SegmentNames.list(directory)) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void any_record_is_found_whatever_is_packed_and_cached_at_the_time(long seed) {
    Random random = new Random(seed);
    try (SegmentedLog<String> log = open()) {
      for (int count = 0; count < RECORDS; count += 20) {
        append(log, count, count + 20);
        if (random.nextInt(8) == 0) {
          log.pack();
        }
        for (int i = 0; i < 20; i++) {
          int offset = random.nextInt(count + 20);
          assertThat(log.get(new LogOffset(offset))).isEqualTo("record-" + offset);
        }
      }
    }
  }

  @Test
  void readers_go_on_while_segments_are_packed_under_them() throws Exception {
    try (SegmentedLog<String> log = open();
        ReadableLog<String> other = otherProcess(log);
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<CompletableFuture<List<String>>> readings = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        readings.add(CompletableFuture.supplyAsync(() -> read(log), threads));
      }
      packAll(log);
      for (CompletableFuture<List<String>> reading : readings) {
        assertThat(reading.get()).isEqualTo(expected(RECORDS));
      }
      assertThat(read(other)).isEqualTo(expected(RECORDS));
    }
  }

  private ReadableLog<String> otherProcess(SegmentedLog<String> log) {
    append(log, 0, RECORDS);
    return SegmentedLog.openReadOnly(
        directory, new TextCodec(), LogSettings.of("test", UUID.randomUUID(), () -> Instant.EPOCH));
  }

  @Test
  void each_packed_segment_says_the_sha256_of_the_one_before_it() {
    try (SegmentedLog<String> log = open()) {
      append(log, 0, RECORDS / 2);
      packAll(log);
    }
    try (SegmentedLog<String> log = open()) {
      append(log, RECORDS / 2, RECORDS);
      packAll(log);
    }

    List<Path> files = SegmentNames.list(directory);
    Sha256 expected = Sha256.NONE;
    for (Path file : files.subList(0, files.size() - 1)) {
      assertThat(SegmentHeader.of(file).previous()).contains(expected);
      expected = Sha256.ofFile(file);
    }
    assertThat(SegmentHeader.of(files.getLast()).previous()).isEmpty();
  }

  @Test
  void a_packing_that_a_crash_ended_is_done_again() throws IOException {
    try (SegmentedLog<String> log = open()) {
      append(log, 0, RECORDS);
      log.pack();
    }
    Path next = SegmentNames.list(directory).get(1);
    Files.write(directory.resolve(next.getFileName() + ".unfinished"), new byte[] {1, 2, 3});

    try (SegmentedLog<String> log = open()) {
      assertThat(read(log)).isEqualTo(expected(RECORDS));
      packAll(log);
      assertThat(read(log)).isEqualTo(expected(RECORDS));
    }
  }
}
