package dev.overseer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.overseer.model.CorruptStore;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log may be as long as it likes. */
class EvictedSegmentsTest {
  private static final UUID IDENTITY = new UUID(5, 6);
  private static final int MANY = 1_000_000;

  @TempDir private Path directory;

  private EvictedSegments open() {
    return new EvictedSegments(directory, RemoteSegments.NONE);
  }

  /** Each of ten records. */
  private SealedSegment segment(int index) {
    LogOffset first = new LogOffset(index * 10L);
    return new SealedSegment(
        SegmentNames.of(directory, first.value()),
        first,
        new LogOffset(first.value() + 10),
        1000 + index,
        index % 3);
  }

  private List<SealedSegment> segments(int count) {
    return IntStream.range(0, count).mapToObj(this::segment).toList();
  }

  @Test
  void every_record_is_found_in_its_segment() {
    try (EvictedSegments evicted = open()) {
      evicted.add(segments(5000));
      assertThat(evicted.count()).isEqualTo(5000);
      assertThat(evicted.end()).isEqualTo(new LogOffset(50_000));
      for (int offset = 0; offset < 50_000; offset++) {
        assertThat(evicted.holding(offset)).isEqualTo(segment(offset / 10));
      }
      List<SealedSegment> all = new ArrayList<>();
      evicted.forEach(all::add);
      assertThat(all).isEqualTo(segments(5000));
    }
  }

  @Test
  void the_bytes_are_those_that_are_documented() throws IOException {
    try (EvictedSegments evicted = open()) {
      evicted.add(List.of(segment(7)));
    }
    assertThat(HexFormat.of().formatHex(Files.readAllBytes(directory.resolve("evicted"))))
        .isEqualTo(
            "0000000000000046" + "0000000000000050" + "00000000000003ef" + "00000001" + "738904b2");
  }

  @Test
  void a_segment_from_which_records_were_deleted_is_another_file() {
    try (EvictedSegments evicted = open()) {
      evicted.add(segments(100));
      evicted.change(new LogOffset(420), 77, 5);
      assertThat(evicted.holding(425).length()).isEqualTo(77);
      assertThat(evicted.holding(425).generation()).isEqualTo(5);
      assertThat(evicted.holding(435)).isEqualTo(segment(43));
      assertThat(evicted.count()).isEqualTo(100);
      assertThatThrownBy(() -> evicted.change(new LogOffset(421), 1, 1))
          .isInstanceOf(InvalidRequest.class);
    }
  }

  @Test
  void a_damaged_entry_is_named() throws IOException {
    try (EvictedSegments evicted = open()) {
      evicted.add(segments(100));
    }
    LogFiles.flip(directory.resolve("evicted"), 33 * 32 + 9);
    try (EvictedSegments evicted = open()) {
      assertThat(evicted.holding(10)).isEqualTo(segment(1));
      assertThatThrownBy(() -> evicted.holding(335))
          .isInstanceOf(CorruptStore.class)
          .hasMessageContaining("damaged at position 1056")
          .hasMessageContaining("delete it, and start with the archive");
    }
  }

  @Test
  void a_million_of_them_take_no_memory() throws IOException {
    writeMany();
    try (EvictedSegments evicted = open()) {
      SegmentWriter.create(directory, settings(), evicted, IDENTITY, MANY * 10L).close();
    }
    long before = allocated();
    try (SegmentedLog<String> log = SegmentedLog.open(directory, new TextCodec(), settings())) {
      Random random = new Random(11);
      for (int i = 0; i < 100; i++) {
        int index = random.nextInt(MANY);
        assertThat(log.packed(new LogOffset(index * 10L)).orElseThrow().length())
            .isEqualTo(1000 + index);
      }
      assertThat(log.end()).isEqualTo(new LogOffset(MANY * 10L));
    }
    assertThat(allocated() - before).isLessThan(8 << 20);
  }

  private void writeMany() throws IOException {
    try (EvictedSegments evicted = open()) {
      for (int from = 0; from < MANY; from += 100_000) {
        evicted.add(IntStream.range(from, from + 100_000).mapToObj(this::segment).toList());
      }
    }
    assertThat(Files.size(directory.resolve("evicted"))).isEqualTo(MANY * 32L);
  }

  private static LogSettings settings() {
    return LogSettings.of("test", IDENTITY, () -> Instant.EPOCH);
  }

  /** By this thread, in bytes. */
  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  @Test
  void what_an_earlier_version_left_of_evicted_segments_is_entered() throws IOException {
    try (SegmentedLog<String> log =
        SegmentedLog.open(directory, new TextCodec(), settings().withSegmentBytes(200))) {
      for (int i = 0; i < 40; i++) {
        log.append("record " + i);
        log.sync();
      }
      while (log.pack()) {
        // Until all are packed.
      }
    }
    List<Path> files = SegmentNames.list(directory);
    List<SealedSegment> sealed = LocalSegments.of(directory, "test").sealed();
    for (Path file : files.subList(0, 3)) {
      Files.write(file.resolveSibling(file.getFileName() + ".stub"), stub(file));
      Files.delete(file);
    }

    EarlierStubs.adopt(directory);

    LocalSegments local = LocalSegments.of(directory, "test");
    assertThat(local.evicted()).isEqualTo(Optional.of(sealed.get(2)));
    assertThat(local.sealed()).isEqualTo(sealed.subList(3, sealed.size()));
    try (var left = Files.list(directory)) {
      assertThat(left.filter(file -> file.toString().endsWith(".stub"))).isEmpty();
    }
  }

  private static byte[] stub(Path segment) throws IOException {
    byte[] bytes = Files.readAllBytes(segment);
    int headerLength = SegmentHeader.of(segment).length();
    int footerAt = (int) ByteBuffer.wrap(bytes).getLong(bytes.length - 20);
    return ByteBuffer.allocate(headerLength + bytes.length - footerAt)
        .put(bytes, 0, headerLength)
        .put(bytes, footerAt, bytes.length - footerAt)
        .array();
  }
}
