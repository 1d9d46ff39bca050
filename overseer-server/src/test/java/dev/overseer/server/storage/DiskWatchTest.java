package dev.overseer.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.runner.escalation.Escalations;
import dev.overseer.runner.incidents.Incident;
import dev.overseer.runner.incidents.IncidentBook;
import dev.overseer.runner.journal.Grounds;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.runner.journal.JournalCodec;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalReplay;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.MemoryLog;
import dev.overseer.store.log.SegmentedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that come and go; full, read-only and denied disks are in {@code DiskFaultsIT}. */
class DiskWatchTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final MemoryLog<JournalEntry> journal = new MemoryLog<>(new UUID(0, 1));
  private final IncidentBook incidents =
      new IncidentBook(journal, new Escalations(List.of(), List.of(), List.of()), () -> now);
  @TempDir private Path directory = Path.of("");
  private Path room = Path.of("");
  private SegmentedLog<JournalEntry> log;

  @BeforeEach
  void open() throws IOException {
    room = Files.createDirectory(directory.resolve("room"));
    log =
        SegmentedLog.open(
            directory.resolve("log"),
            new JournalCodec(),
            LogSettings.of("updates", new UUID(0, 2), () -> now));
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void a_directory_that_is_gone_pauses_intake_and_is_told_until_it_is_back() throws IOException {
    DiskWatch watch = watch(0);
    pass(watch, Duration.ofSeconds(1));
    assertThat(log.hasRoom()).isTrue();

    Files.delete(room);
    pass(watch, Duration.ofSeconds(1));
    assertThat(log.hasRoom()).isFalse();
    assertThat(log.intakeStops()).singleElement().asString().contains("it is not there");
    assertThat(incidents.current())
        .extracting(Incident::kind)
        .containsExactly(IncidentKind.DISK_FAILING);

    Files.createDirectory(room);
    pass(watch, Duration.ofSeconds(30));
    assertThat(log.hasRoom()).isTrue();
    assertThat(incidents.current()).isEmpty();
    assertThat(texts()).contains("It is over, after 30 s");
  }

  @Test
  void a_reserve_that_the_disk_does_not_have_pauses_intake_and_the_text_says_both_sizes() {
    DiskWatch watch = watch(Long.MAX_VALUE / 2);
    pass(watch, Duration.ofSeconds(1));

    assertThat(log.hasRoom()).isFalse();
    assertThat(incidents.current().getFirst().kind()).isEqualTo(IncidentKind.DISK_FULL);
    assertThat(incidents.current().getFirst().text())
        .containsPattern("[\\d.]+ MiB are free, and [\\d.]+ MiB are needed");
  }

  @Test
  void one_trouble_is_told_once_however_often_it_is_looked_at() {
    DiskWatch watch = watch(Long.MAX_VALUE / 2);
    for (int i = 0; i < 300; i++) {
      pass(watch, Duration.ofSeconds(1));
    }
    assertThat(incidents.current().getFirst().sequence()).isEqualTo(1);
    assertThat(log.intakeStops()).hasSize(1);
  }

  @Test
  void what_was_open_before_a_restart_is_over_at_the_first_look() {
    incidents.raise(IncidentKind.DISK_READ_ONLY, room.toString(), "of an earlier life");
    pass(watch(0), Duration.ofSeconds(7));

    assertThat(incidents.current()).isEmpty();
    assertThat(texts()).contains("It is over, after 7 s");
  }

  private DiskWatch watch(long minFreeBytes) {
    return new DiskWatch(
        new Disks(List.of(directory, room), minFreeBytes), log, incidents, () -> now);
  }

  private void pass(DiskWatch watch, Duration duration) {
    now = now.plus(duration);
    assertThat(watch.step()).isTrue();
    assertThat(watch.step()).as("not before a second has passed").isFalse();
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    JournalReplay.replay(
        journal,
        List.of(
            (_, entry) -> {
              if (entry instanceof JournalEntry.IncidentTransitioned moved
                  && moved.move().grounds() instanceof Grounds.Trouble trouble) {
                texts.add(trouble.text());
              }
            }));
    return texts;
  }
}
