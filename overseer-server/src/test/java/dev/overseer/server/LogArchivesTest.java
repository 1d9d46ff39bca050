package dev.overseer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.Stage;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.SegmentedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogArchivesTest {
  private static final int SECONDS = 34;

  @TempDir private Path directory;
  private Instant now = Instant.EPOCH;

  /** At 30,000 updates a second that is the time of a million. */
  @Test
  void a_million_updates_at_full_rate_cost_less_than_fifty_puts() throws IOException {
    Path archive = directory.resolve("archive");
    try (LogArchives archives = LogArchives.of(configuration(archive).storage()).orElseThrow();
        SegmentedLog<String> updates = log("updates");
        SegmentedLog<String> journal = log("journal")) {
      Stage updatesOut = archives.archiving(updates, Optional.empty(), new Unheard(), () -> now);
      Stage journalOut = archives.archiving(journal, updates, new Unheard(), () -> now);
      for (int tenth = 0; tenth < 10 * SECONDS; tenth++) {
        now = now.plusMillis(100);
        updates.append("update");
        updates.sync();
        journal.append("verdict");
        journal.sync();
        while (updates.pack() || updatesOut.step() || journal.pack() || journalOut.step()) {
          // Until nothing is left to do at this time.
        }
      }
    }

    assertThat(objects(archive.resolve("updates"))).isBetween(20L, (long) SECONDS);
    assertThat(objects(archive.resolve("journal"))).isBetween(5L, SECONDS / 3L);
  }

  private static long objects(Path log) throws IOException {
    try (Stream<Path> files = Files.list(log)) {
      return files.count();
    }
  }

  private SegmentedLog<String> log(String name) {
    return SegmentedLog.open(
        directory.resolve(name),
        new Texts(),
        LogSettings.of(name, UUID.randomUUID(), () -> Instant.EPOCH));
  }

  private Configuration configuration(Path archive) {
    return Configuration.parse(
        "overseer.yaml",
        """
        storage: { durability: object-store, archive: { directory: %s } }
        sources: { payments: { type: postgres, url: "jdbc:postgresql://db/payments" } }
        models: { withdrawal: { source: payments, table: public.withdrawals, key: id } }
        views: { withdrawal-alone: { root: withdrawal } }
        """
            .formatted(archive),
        directory);
  }
}
