package dev.overseer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.LogSettings.Safety;
import dev.overseer.store.log.SegmentedLog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must be safe before sources are tailed, and before anyone may rely on that. */
class SafeActivationsTest {
  @TempDir private Path directory;

  private SegmentedLog<String> log(String name, Safety safety) {
    return SegmentedLog.open(
        directory.resolve(name),
        new Texts(),
        LogSettings.of(name, UUID.randomUUID(), () -> Instant.EPOCH).withSafety(safety));
  }

  @Test
  void nothing_is_taken_in_before_the_archive_holds_the_activations() {
    try (SegmentedLog<String> updates = log("updates", Safety.ARCHIVE);
        SegmentedLog<String> journal = log("journal", Safety.ARCHIVE)) {
      journal.append("activated");
      SafeActivations activations = new SafeActivations(updates, journal);
      assertThat(updates.hasRoom()).isFalse();
      assertThat(activations.step()).isFalse();
      assertThat(journal.pack()).as("what it waits for is sealed").isTrue();

      journal.archived(journal.end());
      assertThat(activations.step()).isTrue();
      assertThat(updates.hasRoom()).isTrue();
      assertThat(activations.step()).isFalse();
    }
  }

  @Test
  void where_the_disk_counts_nothing_waits() {
    try (SegmentedLog<String> updates = log("updates", Safety.DISK);
        SegmentedLog<String> journal = log("journal", Safety.DISK)) {
      journal.append("activated");
      SafeActivations activations = new SafeActivations(updates, journal);
      assertThat(updates.hasRoom()).isTrue();
      assertThat(activations.step()).isFalse();
    }
  }

  @Test
  void the_start_is_safe_when_the_archive_holds_what_there_was_when_all_was_tailed() {
    try (SegmentedLog<String> updates = log("updates", Safety.ARCHIVE)) {
      updates.append("known");
      updates.sync();
      SafeStart start = new SafeStart(updates);
      assertThat(start.isReached()).isFalse();

      updates.archived(updates.end());
      updates.append("later");
      updates.sync();
      assertThat(start.isReached()).isTrue();
    }
  }
}
