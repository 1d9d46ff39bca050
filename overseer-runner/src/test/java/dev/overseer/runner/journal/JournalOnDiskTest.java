package dev.overseer.runner.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.LogOffset;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.SegmentedLog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalOnDiskTest {

  @Test
  void what_was_synced_is_replayed_from_disk_as_it_was(@TempDir Path directory) {
    List<JournalEntry> entries = JournalCodecTest.entries();
    try (SegmentedLog<JournalEntry> journal = open(directory)) {
      journal.appendTogether(entries);
      journal.sync();
    }

    List<JournalEntry> replayed = new ArrayList<>();
    try (SegmentedLog<JournalEntry> journal = open(directory)) {
      LogOffset end = JournalReplay.replay(journal, List.of((_, entry) -> replayed.add(entry)));
      assertThat(end).isEqualTo(new LogOffset(entries.size()));
    }
    assertThat(replayed).isEqualTo(entries);
  }

  private static SegmentedLog<JournalEntry> open(Path directory) {
    return SegmentedLog.open(
        directory,
        new JournalCodec(),
        LogSettings.of("journal", new UUID(0, 1), () -> Instant.EPOCH));
  }
}
