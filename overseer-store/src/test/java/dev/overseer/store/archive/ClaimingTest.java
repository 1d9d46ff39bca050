package dev.overseer.store.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Unavailable;
import dev.overseer.store.log.LogSettings.Safety;
import dev.overseer.store.log.SealedSegment;
import dev.overseer.store.objects.MemoryObjectStore;
import dev.overseer.store.objects.ObjectContent;
import dev.overseer.store.objects.ObjectKey;
import dev.overseer.store.objects.ObjectSlice;
import dev.overseer.store.objects.ObjectStore;
import dev.overseer.store.objects.PutResult;
import dev.overseer.store.objects.StoredObject;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimingTest {
  @TempDir private Path directory;
  private final Hindered store = new Hindered();

  /** A store to which something may happen just before a put, or after. */
  private static final class Hindered implements ObjectStore {
    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final Queue<Runnable> beforePuts = new ArrayDeque<>();
    private final Queue<Runnable> afterPuts = new ArrayDeque<>();

    @Override
    public PutResult put(ObjectKey key, ObjectContent content) {
      runNext(beforePuts);
      PutResult result = objects.put(key, content);
      runNext(afterPuts);
      return result;
    }

    private static void runNext(Queue<Runnable> due) {
      Runnable next = due.poll();
      if (next != null) {
        next.run();
      }
    }

    @Override
    public Optional<ObjectSlice> find(ObjectKey key, long position, int lengthMax) {
      return objects.find(key, position, lengthMax);
    }

    @Override
    public List<StoredObject> list(String prefix, Optional<ObjectKey> after) {
      return objects.list(prefix, after);
    }

    @Override
    public void blank(ObjectKey key) {
      objects.blank(key);
    }

    @Override
    public void delete(ObjectKey key) {
      objects.delete(key);
    }

    @Override
    public void close() {
      // The memory is left to itself.
    }
  }

  private Node node(String disk) {
    return new Node(directory.resolve(disk), store, store, Safety.ARCHIVE);
  }

  /** What a node was about to put when its machine was lost. */
  private static SealedSegment nextPut(Node node) {
    node.log.sync();
    node.log.seal();
    while (node.log.pack()) {
      // Until all is packed.
    }
    return node.log.packed(node.log.archived()).orElseThrow();
  }

  private boolean arrives(SealedSegment segment) {
    return new SegmentArchive(store.objects, "test").claim(segment);
  }

  @Test
  void what_a_lost_machine_sent_finds_its_place_taken() {
    try (Node lost = node("lost")) {
      lost.write("a", 3);
      lost.waitAndArchiveAll();
      lost.write("late");
      SealedSegment late = nextPut(lost);
      try (Node node = node("new")) {
        assertThat(arrives(late)).isFalse();

        node.write("b");
        node.waitAndArchiveAll();
        assertThat(node.records()).containsExactly("a-0", "a-1", "a-2", "b");
        assertThat(node.log.safe()).isEqualTo(node.log.end());
      }
    }
  }

  @Test
  void without_a_claim_it_would_stop_the_new_machine() {
    try (Node lost = node("lost")) {
      lost.write("a", 3);
      lost.waitAndArchiveAll();
      lost.write("late");
      SealedSegment late = nextPut(lost);
      try (Node node = new Node(directory.resolve("new"), store, Safety.ARCHIVE)) {
        assertThat(arrives(late)).isTrue();

        node.write("b");
        assertThatThrownBy(node::waitAndArchiveAll).isInstanceOf(InvalidRequest.class);
      }
    }
  }

  @Test
  void what_arrives_before_the_claim_is_part_of_the_log() {
    try (Node lost = node("lost")) {
      lost.write("a", 3);
      lost.waitAndArchiveAll();
      lost.write("late");
      SealedSegment late = nextPut(lost);
      store.beforePuts.add(() -> assertThat(arrives(late)).isTrue());
      try (Node node = node("new")) {
        node.write("b");
        node.waitAndArchiveAll();
        assertThat(node.records()).containsExactly("a-0", "a-1", "a-2", "late", "b");
      }
    }
  }

  @Test
  void the_first_machine_of_all_may_be_lost_before_its_first_put_arrives() {
    try (Node lost = new Node(directory.resolve("lost"), store, Safety.ARCHIVE)) {
      lost.write("late");
      SealedSegment late = nextPut(lost);
      try (Node node = node("new")) {
        assertThat(arrives(late)).isFalse();
        assertThat(node.records()).isEmpty();
      }
    }
  }

  @Test
  void a_process_that_still_writes_stops_when_a_new_one_has_claimed_the_log() {
    try (Node old = node("old")) {
      old.write("a");
      old.waitAndArchiveAll();
      try (Node node = node("new")) {
        old.write("mine");
        assertThatThrownBy(old::waitAndArchiveAll)
            .isInstanceOf(InvalidRequest.class)
            .hasMessageContaining("another process writes this log");

        node.write("theirs");
        node.waitAndArchiveAll();
        assertThat(node.records()).containsExactly("a", "theirs");
      }
    }
  }

  @Test
  void a_claim_that_was_interrupted_is_made_again() {
    try (Node lost = node("lost")) {
      lost.write("a");
      lost.waitAndArchiveAll();
      lost.write("late");
      SealedSegment late = nextPut(lost);
      store.beforePuts.add(
          () -> {
            throw new Unavailable("no such bucket");
          });
      assertThatThrownBy(() -> node("new")).isInstanceOf(Unavailable.class);
      assertThat(arrives(late)).isTrue();

      try (Node node = node("new")) {
        assertThat(node.records()).containsExactly("a", "late");
        assertThat(arrives(late)).as("the same again").isTrue();
      }
    }
  }

  @Test
  void a_claim_of_which_the_reply_was_lost_is_part_of_the_log_and_another_one_follows() {
    try (Node first = node("first")) {
      first.write("a");
      first.waitAndArchiveAll();
    }
    store.afterPuts.add(
        () -> {
          throw new Unavailable("the reply was lost");
        });
    assertThatThrownBy(() -> node("second")).isInstanceOf(Unavailable.class);
    try (Node node = node("second")) {
      node.write("b");
      node.waitAndArchiveAll();
      assertThat(node.records()).containsExactly("a", "b");
      assertThat(node.log.archived()).isEqualTo(new LogOffset(5));
    }
  }

  @Test
  void a_restart_on_the_same_disk_claims_nothing() {
    try (Node node = node("disk")) {
      node.write("a");
      node.waitAndArchiveAll();
    }
    try (Node node = node("disk")) {
      assertThat(node.log.end()).isEqualTo(new LogOffset(2));
    }
  }

  @Test
  void who_always_comes_second_gives_up() {
    try (Node old = node("old")) {
      old.write("a");
      old.waitAndArchiveAll();
      for (int i = 0; i < 100; i++) {
        store.beforePuts.add(
            () -> {
              old.write("more");
              assertThat(arrives(nextPut(old))).isTrue();
              old.log.archived(old.log.end());
            });
      }
      assertThatThrownBy(() -> node("new"))
          .isInstanceOf(InvalidRequest.class)
          .hasMessageContaining("Another process writes the log 'test'");
    }
  }
}
