package dev.overseer.store.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.store.log.EvictedSegments;
import dev.overseer.store.log.LocalSegmentFiles;
import dev.overseer.store.log.LocalSegments;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.LogSettings.Safety;
import dev.overseer.store.log.LogVerification;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.RemoteSegments;
import dev.overseer.store.log.SegmentFiles.SegmentFile;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.TextCodec;
import dev.overseer.store.log.VerifiedLog;
import dev.overseer.store.objects.MemoryObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

  private long evicted(String disk) {
    try (EvictedSegments evicted =
        new EvictedSegments(directory.resolve(disk), RemoteSegments.NONE)) {
      return evicted.count();
    }
  }

  private long filesOnDisk(String disk) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(disk))) {
      return files.count();
    }
  }

  @Test
  void the_oldest_segments_leave_the_disk_and_all_records_are_still_read() throws IOException {
    try (Node node = filled("disk")) {
      assertThat(bytesOnDisk("disk")).isLessThanOrEqualTo(Node.LOCAL_BYTES_MAX);
      assertThat(evicted("disk")).isGreaterThan(5);

      assertThat(node.records()).isEqualTo(expected(RECORDS));
      Random random = new Random(7);
      for (int i = 0; i < RECORDS; i++) {
        int offset = random.nextInt(RECORDS);
        assertThat(node.log.get(new LogOffset(offset))).isEqualTo("a-" + offset);
      }
    }
  }

  @Test
  void a_restart_knows_them_and_the_log_goes_on() {
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
      assertThat(evicted("new")).isGreaterThan(5);
      assertThat(node.records()).isEqualTo(expected(RECORDS));

      node.write("b", 100);
      node.waitAndArchiveAll();
      assertThat(node.log.archived()).isEqualTo(new LogOffset(RECORDS + 100));
    }
  }

  @Test
  void segments_leave_it_by_their_number_too() throws IOException {
    LocalRoom few = new LocalRoom(Long.MAX_VALUE, 5);
    try (Node node = new Node(directory.resolve("disk"), store, Safety.DISK, few)) {
      for (int i = 0; i < 100; i++) {
        node.write("a-" + i);
        node.waitAndArchiveAll();
      }
      evict(node);
      assertThat(filesOnDisk("disk")).isLessThanOrEqualTo(5 + 2);
      assertThat(node.records()).isEqualTo(expected(100));
    }
    try (Node node = new Node(directory.resolve("new"), store, Safety.DISK, few)) {
      assertThat(filesOnDisk("new")).isLessThanOrEqualTo(5 + 3);
      assertThat(node.records()).isEqualTo(expected(100));
    }
  }

  @Test
  void a_crash_between_entry_and_deletion_is_made_up_for() throws IOException {
    Path disk = directory.resolve("disk");
    Path kept = directory.resolve("kept");
    Path first = disk.resolve("00000000000000000000.segment");
    try (Node node = node("disk")) {
      node.write("a", RECORDS);
      node.archiveAll();
      Files.copy(first, kept);
      evict(node);
    }
    assertThat(first).doesNotExist();
    Files.copy(kept, first);
    try (Node node = node("disk")) {
      assertThat(first).doesNotExist();
      assertThat(node.records()).isEqualTo(expected(RECORDS));
    }
  }

  @Test
  void an_entry_that_a_crash_tore_is_cut() throws IOException {
    filled("disk").close();
    Path file = directory.resolve("disk").resolve("evicted");
    Files.write(file, new byte[] {1, 2, 3, 4, 5}, StandardOpenOption.APPEND);
    try (Node node = node("disk")) {
      assertThat(node.records()).isEqualTo(expected(RECORDS));
      assertThat(Files.size(file) % 32).isZero();
    }
    Files.write(file, new byte[70], StandardOpenOption.APPEND);
    try (Node node = node("disk")) {
      assertThat(node.records()).isEqualTo(expected(RECORDS));
    }
  }

  @Test
  void without_the_file_of_entries_the_archive_tells_them() throws IOException {
    filled("disk").close();
    long before = evicted("disk");
    Files.delete(directory.resolve("disk").resolve("evicted"));
    try (Node node = node("disk")) {
      assertThat(evicted("disk")).isEqualTo(before);
      assertThat(node.records()).isEqualTo(expected(RECORDS));
    }
  }

  @Test
  void entering_them_anew_goes_on_where_a_crash_ended_it() throws IOException {
    filled("disk").close();
    long before = evicted("disk");
    Path file = directory.resolve("disk").resolve("evicted");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 3 * 32));
    assertThat(evicted("disk")).isEqualTo(3);
    try (Node node = node("disk")) {
      assertThat(evicted("disk")).isEqualTo(before);
      assertThat(node.records()).isEqualTo(expected(RECORDS));
    }
  }

  @Test
  void a_disk_that_is_behind_is_brought_up_though_a_crash_left_files_of_entered_segments()
      throws IOException {
    Path behind = directory.resolve("behind");
    try (Node node = node("behind")) {
      node.write("a", 10);
      node.waitAndArchiveAll();
    }
    try (Node other = node("other")) {
      for (int i = 10; i < RECORDS; i++) {
        other.write("a-" + i);
      }
      other.waitAndArchiveAll();
    }
    LocalSegments local = LocalSegments.of(behind, "test");
    try (EvictedSegments evicted = new EvictedSegments(behind, RemoteSegments.NONE)) {
      evicted.add(local.sealed());
    }
    Files.delete(local.open().orElseThrow().file());

    try (Node node = node("behind")) {
      assertThat(node.records()).isEqualTo(expected(RECORDS));
      assertThat(local.sealed()).isNotEmpty().noneMatch(it -> Files.exists(it.file()));
    }
  }

  @Test
  void an_archive_that_lost_what_the_disk_left_to_it_is_refused() {
    filled("disk").close();
    store.list("test/", Optional.empty()).forEach(object -> store.delete(object.key()));
    assertThatThrownBy(() -> node("disk"))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("whose bytes this disk left to it");
  }

  @Test
  void what_is_not_archived_stays() throws IOException {
    try (Node node = node("disk")) {
      node.write("a", RECORDS);
      while (node.log.pack()) {
        // Until all sealed segments are packed.
      }
      node.log.shrinkTo(0, 1);
      assertThat(evicted("disk")).isZero();
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
