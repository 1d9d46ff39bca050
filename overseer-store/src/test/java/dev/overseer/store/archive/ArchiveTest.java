package dev.overseer.store.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Unavailable;
import dev.overseer.store.log.LogFiles;
import dev.overseer.store.log.LogSettings.Safety;
import dev.overseer.store.objects.MemoryObjectStore;
import dev.overseer.store.objects.ObjectContent;
import dev.overseer.store.objects.ObjectKey;
import dev.overseer.store.objects.ObjectSlice;
import dev.overseer.store.objects.ObjectStore;
import dev.overseer.store.objects.PutResult;
import dev.overseer.store.objects.StoredObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
  @TempDir private Path directory;
  private final Switched store = new Switched();

  /** A store that can be out of reach. */
  private static final class Switched implements ObjectStore {
    private final MemoryObjectStore objects = new MemoryObjectStore();
    private boolean isGone;

    private ObjectStore reached() {
      if (isGone) {
        throw new Unavailable("no such bucket");
      }
      return objects;
    }

    @Override
    public PutResult put(ObjectKey key, ObjectContent content) {
      return reached().put(key, content);
    }

    @Override
    public Optional<ObjectSlice> find(ObjectKey key, long position, int lengthMax) {
      return reached().find(key, position, lengthMax);
    }

    @Override
    public List<StoredObject> list(String prefix, Optional<ObjectKey> after) {
      return reached().list(prefix, after);
    }

    @Override
    public void blank(ObjectKey key) {
      reached().blank(key);
    }

    @Override
    public void delete(ObjectKey key) {
      reached().delete(key);
    }

    @Override
    public void close() {
      // The memory is left to itself.
    }
  }

  private Node node(String disk, Safety safety) {
    return new Node(directory.resolve(disk), store, safety);
  }

  private Node node(String disk) {
    return node(disk, Safety.ARCHIVE);
  }

  @Test
  void full_segments_are_archived_at_once_and_the_rest_when_it_is_old() {
    try (Node node = node("disk")) {
      node.write("a", 40);
      node.archiveAll();

      assertThat(store.objects.list("test/", Optional.empty())).hasSizeGreaterThan(2);
      assertThat(node.log.archived()).isLessThan(node.log.end());

      node.waitAndArchiveAll();
      assertThat(node.log.archived()).isEqualTo(new LogOffset(40));
    }
  }

  @Test
  void a_busy_log_puts_one_object_each_time_that_it_may_wait() {
    try (Node node = node("disk")) {
      for (int second = 0; second < 30; second++) {
        node.write("a", 2);
        node.waitAndArchiveAll();
      }
      assertThat(store.objects.list("", Optional.empty())).hasSize(30);
    }
  }

  @Test
  void an_idle_log_puts_nothing() {
    try (Node node = node("disk")) {
      node.write("a", 3);
      node.waitAndArchiveAll();
      int objects = store.objects.list("", Optional.empty()).size();
      for (int i = 0; i < 10; i++) {
        node.waitAndArchiveAll();
      }
      assertThat(store.objects.list("", Optional.empty())).hasSize(objects);
    }
  }

  @Test
  void what_is_only_on_the_disk_is_not_safe_where_the_archive_counts() {
    try (Node node = node("disk")) {
      node.write("a", 3);
      assertThat(node.log.safe()).isEqualTo(LogOffset.ZERO);

      node.waitAndArchiveAll();
      assertThat(node.log.safe()).isEqualTo(new LogOffset(3));
    }
  }

  @Test
  void what_is_on_the_disk_is_safe_where_the_disk_counts() {
    try (Node node = node("disk", Safety.DISK)) {
      node.write("a", 3);
      assertThat(node.log.safe()).isEqualTo(new LogOffset(3));
    }
  }

  @Test
  void an_empty_disk_gets_the_whole_log_back_and_goes_on() {
    List<String> before;
    try (Node node = node("lost")) {
      node.write("a", 40);
      node.waitAndArchiveAll();
      before = node.records();
    }
    try (Node node = node("new")) {
      assertThat(node.records()).isEqualTo(before);
      assertThat(node.restoredBytes).isSorted().hasSizeGreaterThan(2);

      node.write("b", 40);
      node.waitAndArchiveAll();
      before = node.records();
    }
    try (Node node = node("newer")) {
      assertThat(node.records()).isEqualTo(before).hasSize(80);
    }
  }

  @Test
  void a_restart_on_the_same_disk_fetches_nothing_and_goes_on_where_it_was() {
    try (Node node = node("disk")) {
      node.write("a", 40);
      node.waitAndArchiveAll();
      node.write("b", 5);
    }
    try (Node node = node("disk")) {
      assertThat(node.restoredBytes).isEmpty();
      node.archiving.step();
      assertThat(node.log.archived()).isEqualTo(new LogOffset(40));
      assertThat(node.records()).hasSize(45);

      node.waitAndArchiveAll();
      assertThat(node.log.safe()).isEqualTo(new LogOffset(45));
    }
  }

  @Test
  void a_restoration_that_was_interrupted_goes_on() throws Exception {
    try (Node node = node("lost")) {
      node.write("a", 40);
      node.waitAndArchiveAll();
    }
    node("new").close();
    Path disk = directory.resolve("new");
    List<Path> files;
    try (Stream<Path> listed = Files.list(disk)) {
      files = listed.filter(file -> file.toString().endsWith(".segment")).sorted().toList();
    }
    for (Path file : files.subList(2, files.size())) {
      Files.delete(file);
    }
    try (Node node = node("new")) {
      assertThat(node.records()).hasSize(40);
      assertThat(node.restoredBytes).hasSize(files.size() - 3);
    }
  }

  @Test
  void an_archive_out_of_reach_is_told_and_tried_again_after_growing_pauses() {
    try (Node node = node("disk")) {
      store.isGone = true;
      node.write("a", 20);
      int attempts = 0;
      for (int second = 0; second < 100; second++) {
        node.now = node.now.plus(Duration.ofSeconds(1));
        node.archiveAll();
        attempts = node.told.size();
      }
      assertThat(attempts).isBetween(10, 20);
      assertThat(node.told).containsOnly("test refused: no such bucket");

      store.isGone = false;
      node.now = node.now.plus(Duration.ofSeconds(10));
      node.waitAndArchiveAll();
      assertThat(node.told.getLast()).isEqualTo("test taken");
      assertThat(node.log.archived()).isEqualTo(new LogOffset(20));
    }
  }

  @Test
  void a_log_has_no_more_room_while_too_much_of_it_is_not_archived() {
    try (Node node = node("disk")) {
      store.isGone = true;
      node.write("a", 5);
      node.waitAndArchiveAll();
      assertThat(node.log.hasRoom()).isTrue();

      node.write("b", 200);
      node.now = node.now.plus(Duration.ofSeconds(10));
      node.archiveAll();
      assertThat(node.log.hasRoom()).isFalse();

      store.isGone = false;
      node.now = node.now.plus(Duration.ofSeconds(10));
      node.waitAndArchiveAll();
      assertThat(node.log.hasRoom()).isTrue();
      assertThat(node.log.safe()).isEqualTo(new LogOffset(205));
    }
  }

  @Test
  void of_two_that_write_one_log_the_second_to_put_must_stop() throws Exception {
    try (Node first = node("first")) {
      first.write("a", 5);
      first.waitAndArchiveAll();
      try (Node second = node("second")) {
        second.write("mine");
        second.waitAndArchiveAll();
        first.write("theirs");

        assertThatThrownBy(first::waitAndArchiveAll)
            .isInstanceOf(InvalidRequest.class)
            .hasMessageContaining("another process writes this log");
        assertThat(first.log.safe()).isEqualTo(new LogOffset(5));
        assertThat(second.records()).endsWith("mine");
      }
    }
    assertThatThrownBy(() -> node("first"))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("another process has written it");
  }

  @Test
  void a_disk_that_lost_nothing_follows_what_another_went_on_with() throws Exception {
    try (Node first = node("first")) {
      first.write("a", 5);
      first.waitAndArchiveAll();
      LogFiles.copy(directory.resolve("first"), directory.resolve("asleep"));
    }
    try (Node second = node("second")) {
      second.write("b", 5);
      second.waitAndArchiveAll();
    }
    try (Node woken = node("asleep")) {
      assertThat(woken.records()).hasSize(10);
    }
  }

  @Test
  void a_log_that_was_there_before_its_archive_is_archived_from_its_beginning() {
    try (Node node = node("disk")) {
      store.isGone = true;
      node.write("a", 30);
    }
    store.isGone = false;
    try (Node node = node("disk")) {
      node.waitAndArchiveAll();
    }
    try (Node node = node("new")) {
      assertThat(node.records()).hasSize(30);
    }
  }
}
