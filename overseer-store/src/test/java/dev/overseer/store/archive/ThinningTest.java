package dev.overseer.store.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.LogOffset;
import dev.overseer.store.log.LocalSegmentFiles;
import dev.overseer.store.log.LogSettings.Safety;
import dev.overseer.store.log.LogVerification;
import dev.overseer.store.log.LogVerification.Deletions;
import dev.overseer.store.log.SealedSegment;
import dev.overseer.store.log.SegmentFiles;
import dev.overseer.store.log.ThinnedFile;
import dev.overseer.store.log.Thinning;
import dev.overseer.store.log.VerifiedLog;
import dev.overseer.store.objects.MemoryObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records are deleted from packed segments, and everything that vouches for the log holds. */
class ThinningTest {
  private static final int RECORDS = 200;

  @TempDir private Path directory;
  private final MemoryObjectStore store = new MemoryObjectStore();
  private final List<ThinnedFile> onRecord = new ArrayList<>();
  private final Deletions deletions =
      (first, generation, sha256) ->
          onRecord.stream()
              .anyMatch(
                  it ->
                      it.first().equals(first)
                          && it.generation() == generation
                          && it.sha256().equals(sha256));

  /** Every third record, beginning with one of the first three. */
  private record EveryThird(int remainder) implements Thinning.Deletion<String> {
    @Override
    public boolean isDeleted(LogOffset offset) {
      return offset.value() % 3 == remainder;
    }

    @Override
    public String placeholder(String deleted) {
      return "-";
    }
  }

  private Node node(String disk) {
    return new Node(directory.resolve(disk), store, Safety.DISK);
  }

  private static Node filled(Node node) {
    node.write("a", RECORDS);
    node.waitAndArchiveAll();
    return node;
  }

  private void thin(Node node, int remainder) {
    SegmentArchive archive = new SegmentArchive(store, "test");
    LogOffset next = LogOffset.ZERO;
    while (next.compareTo(node.log.thinnable()) < 0) {
      SealedSegment segment = node.log.packed(next).orElseThrow();
      ThinnedFile file = node.log.prepare(next, new EveryThird(remainder)).file();
      onRecord.add(file);
      archive.put(file);
      node.log.replace(file);
      archive.deleteBefore(file.first(), file.generation());
      next = segment.end();
    }
  }

  private static void requireThinned(Node node, int... remainders) {
    requireThinned(node, node.log.thinnable(), remainders);
  }

  private static void requireThinned(Node node, LogOffset end, int... remainders) {
    List<String> records = node.records();
    assertThat(records).hasSize(RECORDS);
    for (int i = 0; i < end.value(); i++) {
      boolean isDeleted = false;
      for (int remainder : remainders) {
        isDeleted |= i % 3 == remainder;
      }
      assertThat(records.get(i)).isEqualTo(isDeleted ? "-" : "a-" + i);
    }
    assertThat(records.getLast()).isEqualTo("a-" + (RECORDS - 1));
  }

  private VerifiedLog verify(SegmentFiles files) {
    return new LogVerification("test", files, (_, _) -> {}).with(deletions).run();
  }

  private SegmentFiles local(String disk) {
    return new LocalSegmentFiles(directory.resolve(disk));
  }

  @Test
  void offsets_and_the_chain_stay_and_heads_that_were_kept_still_hold() {
    try (Node node = filled(node("disk"))) {
      VerifiedLog before = verify(new ArchivedSegmentFiles(store, "test"));
      thin(node, 0);
      requireThinned(node, 0);
      thin(node, 1);
      requireThinned(node, 0, 1);

      VerifiedLog after = verify(new ArchivedSegmentFiles(store, "test"));
      assertThat(after.damage()).isEmpty();
      assertThat(after.heads()).isEqualTo(before.heads());
      assertThat(after.thinned()).isPositive();
      assertThat(verify(local("disk")).damage()).isEmpty();
    }
  }

  @Test
  void a_restart_and_an_empty_disk_find_what_was_left() {
    try (Node node = filled(node("disk"))) {
      thin(node, 2);
    }
    try (Node again = node("disk")) {
      requireThinned(again, 2);
    }
    try (Node other = node("other")) {
      requireThinned(other, 2);
      other.write("b", 50);
      other.waitAndArchiveAll();
      assertThat(other.log.archived()).isEqualTo(new LogOffset(RECORDS + 50));
      assertThat(verify(new ArchivedSegmentFiles(store, "test")).damage()).isEmpty();
    }
  }

  @Test
  void a_disk_that_had_not_heard_of_a_deletion_follows_the_archive() throws IOException {
    filled(node("disk")).close();
    Path old = directory.resolve("old");
    Files.createDirectories(old);
    try (var files = Files.list(directory.resolve("disk"))) {
      for (Path file : files.toList()) {
        Files.copy(file, old.resolve(file.getFileName()));
      }
    }
    LogOffset end;
    try (Node node = node("disk")) {
      thin(node, 0);
      end = node.log.thinnable();
    }
    claimFromAnotherDisk();
    try (Node behind = node("old")) {
      requireThinned(behind, end, 0);
    }
  }

  private void claimFromAnotherDisk() {
    new Node(directory.resolve("another"), store, store, Safety.DISK).close();
  }

  @Test
  void a_file_of_which_no_record_says_that_it_was_thinned_is_damage() {
    try (Node node = filled(node("disk"))) {
      thin(node, 0);
      ThinnedFile first = onRecord.removeFirst();
      VerifiedLog verified = verify(new ArchivedSegmentFiles(store, "test"));
      assertThat(verified.damage())
          .hasValueSatisfying(
              damage -> {
                assertThat(damage.offset()).isEqualTo(first.first());
                assertThat(damage.what()).contains("no record says so");
              });
    }
  }

  @Test
  void any_wrong_bit_of_a_thinned_file_is_found() throws IOException {
    try (Node node = filled(node("disk"))) {
      thin(node, 0);
    }
    Path file = directory.resolve("bit");
    try (Node copy = node("bit")) {
      assertThat(copy.log.thinnable()).isGreaterThan(LogOffset.ZERO);
    }
    Path first;
    try (var files = Files.list(file)) {
      first = files.filter(it -> it.toString().endsWith(".segment")).sorted().findFirst().get();
    }
    byte[] sound = Files.readAllBytes(first);
    for (int at = 0; at < sound.length; at++) {
      byte[] wrong = sound.clone();
      wrong[at] ^= 1;
      Files.write(first, wrong);
      assertThat(verify(local("bit")).damage()).as("byte %d", at).isPresent();
    }
  }

  @Test
  void what_was_prepared_before_a_crash_can_be_finished_or_given_up() {
    try (Node node = filled(node("disk"))) {
      node.log.prepare(LogOffset.ZERO, new EveryThird(0));
    }
    try (Node again = node("disk")) {
      assertThat(again.records().getFirst()).isEqualTo("a-0");
      ThinnedFile file = again.log.prepared().getFirst();
      again.log.giveUp(file);
      assertThat(again.log.prepared()).isEmpty();
      ThinnedFile other = again.log.prepare(LogOffset.ZERO, new EveryThird(0)).file();
      assertThat(other).isEqualTo(file);
    }
  }

  @Test
  void damage_is_not_made_to_look_like_a_deletion() throws IOException {
    try (Node node = filled(node("disk"))) {
      SealedSegment segment = node.log.packed(LogOffset.ZERO).orElseThrow();
      if (Files.exists(segment.file())) {
        byte[] bytes = Files.readAllBytes(segment.file());
        bytes[bytes.length / 2] ^= 1;
        Files.write(segment.file(), bytes);
        assertThatThrownBy(() -> node.log.prepare(LogOffset.ZERO, new EveryThird(0)))
            .isInstanceOf(CorruptStore.class);
      }
    }
  }
}
