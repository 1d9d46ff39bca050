package dev.overseer.store.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Subject;
import dev.overseer.store.objects.MemoryObjectStore;
import dev.overseer.store.objects.ObjectContent;
import dev.overseer.store.objects.ObjectKey;
import dev.overseer.store.objects.PutResult;
import dev.overseer.store.objects.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyArchiveTest {
  @TempDir private Path directory;
  private final MemoryObjectStore bucket = new MemoryObjectStore();

  private KeyedMachine machine(String disk) {
    return new KeyedMachine(
        directory.resolve(disk),
        bucket,
        bucket,
        new Random(disk.hashCode() + directory.hashCode()));
  }

  @Test
  void a_lost_machine_loses_no_key() {
    List<String> written;
    try (KeyedMachine lost = machine("lost")) {
      written = List.of(lost.write("ann", "a"), lost.write("eve", "b"), lost.write("ann", "c"));
      lost.settle();
      assertThat(lost.updates.safe()).isEqualTo(lost.updates.end());
    }
    try (KeyedMachine machine = machine("new")) {
      assertThat(written).allMatch(machine::isReadable);
      String again = machine.write("ann", "a");
      assertThat(again).isEqualTo(written.getFirst());
    }
  }

  @Test
  void a_key_is_in_the_archive_before_what_was_encrypted_with_it() {
    try (KeyedMachine machine = machine("disk")) {
      machine.write("ann", "a");
      machine.updates.seal();
      machine.updates.pack();
      byte[] wrapped = machine.wrapped("ann").orElseThrow();

      while (machine.updates.safe().compareTo(machine.updates.end()) < 0) {
        assertThat(machine.archive.unarchived()).isEqualTo(1);
        machine.stages.getFirst().step();
      }

      assertThat(machine.archive.unarchived()).isZero();
      assertThat(Contents.of(bucket)).anyMatch(object -> Contents.isWithin(wrapped, object));
    }
  }

  @Test
  void many_new_subjects_cost_one_put() {
    try (KeyedMachine machine = machine("disk")) {
      for (int i = 0; i < 500; i++) {
        machine.keys.of(new Subject("customer", "" + i));
      }
      machine.keys.keep();
      int before = pages().size();

      machine.archive.ship();
      machine.archive.ship();

      assertThat(pages()).hasSize(before + 1);
      assertThat(machine.archive.unarchived()).isZero();
    }
  }

  @Test
  void an_erased_key_is_in_no_object_and_comes_back_with_nobody() {
    String anns;
    String eves;
    try (KeyedMachine lost = machine("lost")) {
      anns = lost.write("ann", "a");
      eves = lost.write("eve", "b");
      lost.settle();
      byte[] wrapped = lost.wrapped("ann").orElseThrow();
      ErasedSubject ann = lost.erase("ann").orElseThrow();
      assertThat(lost.erasing.isDone(ann)).isFalse();

      lost.settle();

      assertThat(lost.erasing.isDone(ann)).isTrue();
      assertThat(Contents.of(bucket)).noneMatch(object -> Contents.isWithin(wrapped, object));
    }
    try (KeyedMachine machine = machine("new")) {
      assertThat(machine.keys.isErased(token(anns))).isTrue();
      assertThat(machine.isReadable(eves)).isTrue();
    }
  }

  /** The machine is lost when the journal's entry is safe, and nothing else was done. */
  @Test
  void what_the_journal_says_was_erased_is_erased_when_its_key_comes_back() {
    byte[] wrapped;
    String anns;
    try (KeyedMachine lost = machine("lost")) {
      anns = lost.write("ann", "a");
      lost.settle();
      wrapped = lost.wrapped("ann").orElseThrow();
      lost.erase("ann");
      for (int i = 0; i < 4; i++) {
        lost.now = lost.now.plusSeconds(1);
        for (int round = 0; round < 20; round++) {
          lost.updates.pack();
          lost.journal.pack();
          lost.stages.get(0).step();
          lost.stages.get(1).step();
        }
      }
      assertThat(lost.journal.safe()).isEqualTo(lost.journal.end());
    }
    assertThat(Contents.of(bucket)).anyMatch(object -> Contents.isWithin(wrapped, object));

    try (KeyedMachine machine = machine("new")) {
      assertThat(machine.keys.isErased(token(anns))).isTrue();
      machine.settle();
      assertThat(Contents.of(bucket)).noneMatch(object -> Contents.isWithin(wrapped, object));
    }
  }

  @Test
  void what_arrives_late_brings_no_erased_key_back() {
    try (KeyedMachine machine = machine("disk")) {
      machine.write("ann", "a");
      machine.settle();
      byte[] wrapped = machine.wrapped("ann").orElseThrow();
      List<StoredObject> before = pages();
      List<byte[]> sent = before.stream().map(page -> content(page.key())).toList();
      machine.erase("ann");
      machine.settle();

      for (int i = 0; i < before.size(); i++) {
        ObjectContent late = new ObjectContent.OfBytes(sent.get(i));
        if (Contents.isWithin(wrapped, sent.get(i))) {
          assertThat(bucket.put(before.get(i).key(), late)).isEqualTo(PutResult.TAKEN);
        }
      }
      assertThat(Contents.of(bucket)).noneMatch(object -> Contents.isWithin(wrapped, object));
    }
  }

  @Test
  void a_machine_that_was_replaced_ships_no_key_and_stops() {
    try (KeyedMachine replaced = machine("replaced")) {
      replaced.write("ann", "a");
      replaced.settle();
      replaced.write("eve", "b");
      try (KeyedMachine machine = machine("new")) {
        assertThatThrownBy(replaced.archive::ship).isInstanceOf(InvalidRequest.class);

        machine.write("eve", "b");
        machine.settle();
        assertThat(machine.archive.unarchived()).isZero();
      }
    }
  }

  @Test
  void an_old_disk_gets_the_keys_that_came_since() throws IOException {
    String later;
    try (KeyedMachine machine = machine("disk")) {
      machine.write("ann", "a");
      machine.settle();
      Path old = directory.resolve("old/keys");
      Files.createDirectories(old);
      Files.copy(directory.resolve("disk/keys/subjects"), old.resolve("subjects"));
      later = machine.write("eve", "b");
      machine.settle();
    }
    try (KeyedMachine machine = machine("old")) {
      assertThat(machine.isReadable(later)).isTrue();
    }
  }

  @Test
  void keys_of_another_history_are_refused() throws IOException {
    try (KeyedMachine machine = machine("disk")) {
      machine.write("ann", "a");
      machine.settle();
    }
    Path other = directory.resolve("other/keys/subjects");
    try (SubjectKeys keys = SubjectKeys.open(other, KeyedMachine.MASTER, new Random(77))) {
      keys.of(new Subject("customer", "ann"));
      keys.keep();
    }

    assertThatThrownBy(() -> machine("other"))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("move the data directory away");
  }

  @Test
  void another_master_key_is_refused() {
    try (KeyedMachine machine = machine("disk")) {
      machine.write("ann", "a");
      machine.settle();
    }
    MasterKey other = MasterKey.of("personalData.masterKey", "another-key-of-32-characters-....");
    Path path = directory.resolve("new/keys/subjects");

    assertThatThrownBy(() -> new KeyRestoration(bucket, other, path, new Random(1)).run())
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("another personalData.masterKey");
  }

  @Test
  void an_archive_out_of_reach_at_the_start_is_asked_when_it_is_needed() {
    try (KeyedMachine machine = machine("disk")) {
      machine.write("ann", "a");
      machine.settle();
      machine.write("eve", "b");
      KeyArchive unclaimed =
          new KeyArchive(
              bucket, KeyedMachine.MASTER, machine.keys, Optional.empty(), new Random(5));

      unclaimed.ship();

      assertThat(unclaimed.unarchived()).isZero();
      assertThatThrownBy(machine.archive::ship).isInstanceOf(InvalidRequest.class);
    }
  }

  private List<StoredObject> pages() {
    return bucket.list("keys/", Optional.empty());
  }

  private byte[] content(ObjectKey key) {
    return bucket.find(key, 0, Integer.MAX_VALUE).orElseThrow().bytes();
  }

  private static String token(String record) {
    return record.split(" ")[2];
  }
}
