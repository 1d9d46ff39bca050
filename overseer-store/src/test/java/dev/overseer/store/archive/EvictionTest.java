package dev.overseer.store.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.store.log.LocalSegmentFiles;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.LogSettings.Safety;
import dev.overseer.store.log.LogVerification;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.SegmentFiles.SegmentFile;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.TextCodec;
import dev.overseer.store.log.VerifiedLog;
import dev.overseer.store.objects.MemoryObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk holds the newest segments; the others are read from the archive. */
class EvictionTest {
  private static final int RECORDS = 200;

  @TempDir private Path directory;
  private final MemoryObjectStore store = new MemoryObjectStore();

  private Node node(String disk) {
    return new Node(directory.resolve(disk), store, Safety.DISK);
  }

  private Node filled(String disk) {
    Node node = node(disk);
    node.write("a", RECORDS);
    node.waitAndArchiveAll();
    evict(node);
    return node;
  }

  /** The stage looks for room every now and then. */
  private static void evict(Node node) {
    node.now = node.now.plus(Duration.ofSeconds(1));
    node.archiving.step();
  }

  private static List<String> expected(int count) {
    return IntStream.range(0, count).mapToObj(i -> "a-" + i).toList();
  }

  private long bytesOnDisk(String disk) {
    return new LocalSegmentFiles(directory.resolve(disk))
        .list().stream().mapToLong(SegmentFile::length).sum();
  }

  private long stubs(String disk) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(disk))) {
      return files.filter(file -> file.toString().endsWith(".stub")).count();
    }
  }

  @Test
  void the_oldest_segments_leave_the_disk_and_all_records_are_still_read() throws IOException {
    try (Node node = filled("disk")) {
      assertThat(bytesOnDisk("disk")).isLessThanOrEqualTo(Node.LOCAL_BYTES_MAX);
      assertThat(stubs("disk")).isGreaterThan(5);

      assertThat(node.records()).isEqualTo(expected(RECORDS));
      Random random = new Random(7);
      for (int i = 0; i < RECORDS; i++) {
        int offset = random.nextInt(RECORDS);
        assertThat(node.log.get(new LogOffset(offset))).isEqualTo("a-" + offset);
      }
    }
  }

  @Test
  void a_restart_finds_the_stubs_and_the_log_goes_on() {
    filled("disk").close();
    try (Node node = node("disk")) {
      assertThat(node.restoredBytes).isEmpty();
      assertThat(node.records()).isEqualTo(expected(RECORDS));
      node.write("b", 100);
      node.waitAndArchiveAll();
      evict(node);

      assertThat(bytesOnDisk("disk")).isLessThanOrEqualTo(Node.LOCAL_BYTES_MAX);
      assertThat(node.records()).startsWith("a-0").endsWith("b-99").hasSize(RECORDS + 100);
    }
  }

  @Test
  void an_empty_disk_gets_no_more_than_it_is_to_hold() throws IOException {
    filled("lost").close();
    try (Node node = node("new")) {
      assertThat(bytesOnDisk("new")).isLessThanOrEqualTo(Node.LOCAL_BYTES_MAX);
      assertThat(stubs("new")).isGreaterThan(5);
      assertThat(node.records()).isEqualTo(expected(RECORDS));

      node.write("b", 100);
      node.waitAndArchiveAll();
      assertThat(node.log.archived()).isEqualTo(new LogOffset(RECORDS + 100));
    }
  }

  @Test
  void what_is_not_archived_stays() throws IOException {
    try (Node node = node("disk")) {
      node.write("a", RECORDS);
      while (node.log.pack()) {
        // Until all sealed segments are packed.
      }
      node.log.shrinkTo(0);
      assertThat(stubs("disk")).isZero();
      assertThat(node.records()).isEqualTo(expected(RECORDS));
    }
  }

  @Test
  void what_remains_on_the_disk_is_verified_and_where_it_begins_is_told() {
    filled("disk").close();
    VerifiedLog verified =
        new LogVerification("test", new LocalSegmentFiles(directory.resolve("disk")), (_, _) -> {})
            .run();

    assertThat(verified.damage()).isEmpty();
    assertThat(verified.start()).isGreaterThan(LogOffset.ZERO);
    assertThat(verified.end()).isEqualTo(new LogOffset(RECORDS));
    assertThat(verified.heads()).isNotEmpty();

    VerifiedLog whole =
        new LogVerification("test", new ArchivedSegmentFiles(store, "test"), (_, _) -> {}).run();
    assertThat(whole.damage()).isEmpty();
    assertThat(whole.start()).isEqualTo(LogOffset.ZERO);
    assertThat(whole.heads()).containsAll(verified.heads());
  }

  @Test
  void who_knows_no_archive_is_told_to_name_it() {
    filled("disk").close();
    LogSettings settings = LogSettings.of("test", UUID.randomUUID(), () -> Instant.EPOCH);
    try (ReadableLog<String> log =
        SegmentedLog.openReadOnly(directory.resolve("disk"), new TextCodec(), settings)) {
      assertThat(log.get(new LogOffset(RECORDS - 1))).isEqualTo("a-" + (RECORDS - 1));
      assertThatThrownBy(() -> log.get(LogOffset.ZERO))
          .isInstanceOf(InvalidRequest.class)
          .hasMessageContaining("in the archive alone");
    }
  }
}
