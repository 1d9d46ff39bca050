package dev.overseer.store.archive;

import dev.overseer.model.LogOffset;
import dev.overseer.model.Unavailable;
import dev.overseer.store.archive.Archiving.Limits;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.LogSettings.Safety;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.TextCodec;
import dev.overseer.store.objects.ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A machine with a disk, on which one log is written and archived, step by step. */
final class Node implements AutoCloseable {
  static final Duration SEAL_AFTER = Duration.ofSeconds(1);
  static final long LOCAL_BYTES_MAX = 1500;

  private final LocalRoom room;
  final SegmentedLog<String> log;
  final Archiving archiving;
  final List<String> told = new ArrayList<>();
  final List<Long> restoredBytes = new ArrayList<>();
  Instant now = Instant.EPOCH;

  /** Starts without a claim. */
  Node(Path disk, ObjectStore store, Safety safety) {
    this(disk, store, safety, LocalRoom.ofBytes(LOCAL_BYTES_MAX));
  }

  Node(Path disk, ObjectStore store, Safety safety, LocalRoom room) {
    this.room = room;
    SegmentArchive archive = new SegmentArchive(store, "test");
    restoration(archive, disk).run(() -> {});
    log = open(archive, disk, safety);
    archiving = archiving(archive);
  }

  /**
   * Starts as a server does.
   *
   * @param patient the same store, for the start
   */
  Node(Path disk, ObjectStore store, ObjectStore patient, Safety safety) {
    room = LocalRoom.ofBytes(LOCAL_BYTES_MAX);
    SegmentArchive asked = new SegmentArchive(patient, "test");
    log = new Claiming(asked, disk, restoration(asked, disk)).open(() -> open(asked, disk, safety));
    archiving = archiving(new SegmentArchive(store, "test"));
  }

  private Restoration restoration(SegmentArchive archive, Path disk) {
    return new Restoration(archive, disk, room, (bytes, all) -> restoredBytes.add(bytes));
  }

  private static SegmentedLog<String> open(SegmentArchive archive, Path disk, Safety safety) {
    return SegmentedLog.open(
        disk,
        new TextCodec(),
        LogSettings.of("test", UUID.randomUUID(), () -> Instant.EPOCH)
            .withSegmentBytes(400)
            .withBlockBytes(100)
            .withRemote(archive)
            .withSafety(safety));
  }

  private Archiving archiving(SegmentArchive archive) {
    return new Archiving(
        log, Referred.NOTHING, archive, new Limits(SEAL_AFTER, room), new Told(), () -> now);
  }

  private final class Told implements ArchiveWatch {

    @Override
    public void archiveRefused(String name, Unavailable cause) {
      told.add(name + " refused: " + cause.getMessage());
    }

    @Override
    public void archiveTakes(String name) {
      told.add(name + " taken");
    }
  }

  void write(String... records) {
    for (String record : records) {
      log.append(record);
      log.sync();
    }
  }

  /** So many of them fill a few segments. */
  void write(String prefix, int count) {
    for (int i = 0; i < count; i++) {
      write(prefix + "-" + i);
    }
  }

  void archiveAll() {
    while (log.pack() || archiving.step()) {
      // Until nothing is left to do at this time.
    }
  }

  void waitAndArchiveAll() {
    archiveAll();
    now = now.plus(SEAL_AFTER);
    archiveAll();
  }

  List<String> records() {
    return recordsBefore(log.end());
  }

  List<String> recordsBefore(LogOffset end) {
    List<String> records = new ArrayList<>();
    try (LogReader<String> reader = log.reader(LogOffset.ZERO)) {
      while (reader.next() && reader.offset().compareTo(end) < 0) {
        records.add(reader.record());
      }
    }
    return records;
  }

  @Override
  public void close() {
    log.close();
  }
}
