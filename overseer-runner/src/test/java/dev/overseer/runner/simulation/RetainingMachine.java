package dev.overseer.runner.simulation;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Unavailable;
import dev.overseer.runner.HandClock;
import dev.overseer.runner.SmallExchange;
import dev.overseer.store.archive.ArchiveWatch;
import dev.overseer.store.archive.Archiving;
import dev.overseer.store.archive.LocalRoom;
import dev.overseer.store.archive.Referred;
import dev.overseer.store.archive.Restoration;
import dev.overseer.store.archive.SegmentArchive;
import dev.overseer.store.index.ProgressPoint;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.UpdateLogCodec;
import dev.overseer.store.objects.ObjectStore;
import dev.overseer.store.retention.DeletionRecords;
import dev.overseer.store.retention.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A machine that archives its log, and deletes from it what is superseded. */
final class RetainingMachine implements AutoCloseable {
  static final String LOG = "updates";

  private static final LocalRoom ROOM = LocalRoom.ofBytes(Long.MAX_VALUE);
  private static final Duration RETENTION = Duration.ofSeconds(2);

  private final HandClock clock;
  private final SegmentedLog<LogRecord> log;
  private final Archiving archiving;
  private final Retention retention;
  private final RetainedLog derived;

  RetainingMachine(
      Path disk, ObjectStore store, DeletionRecords records, UUID identity, HandClock clock) {
    this.clock = clock;
    SegmentArchive archive = new SegmentArchive(store, LOG);
    Path directory = disk.resolve(LOG);
    new Restoration(archive, directory, ROOM, (_, _) -> {}).run(() -> {});
    LogSettings settings =
        LogSettings.of(LOG, identity, clock)
            .withSegmentBytes(500)
            .withBlockBytes(100)
            .withCacheBytes(0)
            .withRemote(archive);
    log = SegmentedLog.open(directory, new UpdateLogCodec(), settings);
    archiving =
        new Archiving(
            log,
            Referred.NOTHING,
            archive,
            new Archiving.Limits(Duration.ofSeconds(1), ROOM),
            new Unheard(),
            clock);
    ProgressPoint end =
        ProgressPoint.BEGINNING.atEnd(log, SmallExchange.DEFINITIONS, RetainedLog.FORMATS::decoder);
    derived = new RetainedLog(log, end.horizons(), clock);
    retention =
        new Retention(
            Map.of(
                SmallExchange.PAYMENTS,
                RETENTION,
                SmallExchange.LEDGER,
                RETENTION,
                SmallExchange.MAIL,
                RETENTION),
            log,
            derived.index,
            SmallExchange.DEFINITIONS,
            RetainedLog.readers(),
            Optional.of(archive),
            records,
            new Retention.Surroundings(
                () -> EffectiveTime.MAX,
                disk.resolve("retention"),
                refused -> {
                  throw refused;
                },
                clock));
  }

  private static final class Unheard implements ArchiveWatch {
    @Override
    public void archiveRefused(String name, Unavailable cause) {
      throw cause;
    }

    @Override
    public void archiveTakes(String name) {}
  }

  /** Takes in everything that a world says, and archives it. */
  void take(long seed) {
    new WorldIntoLog(seed, log).step(Long.MAX_VALUE);
    log.seal();
    while (log.pack() || archiving.step()) {
      // Until the archive has it all.
    }
  }

  /** Works until nothing more is due. */
  void live() {
    for (int idle = 0; idle < 5; idle++) {
      boolean works = true;
      while (works) {
        derived.index();
        works = log.pack() | archiving.step() | retention.step();
      }
      clock.pass(Duration.ofMinutes(2));
    }
  }

  /** Each of the first records as it is now, byte for byte. */
  List<String> records(LogOffset end) {
    UpdateLogCodec codec = new UpdateLogCodec();
    List<String> records = new ArrayList<>();
    try (LogReader<LogRecord> reader = log.reader(LogOffset.ZERO)) {
      while (reader.next() && reader.offset().compareTo(end) < 0) {
        records.add(HexFormat.of().formatHex(codec.encode(reader.record())));
      }
    }
    return records;
  }

  LogOffset end() {
    return log.end();
  }

  @Override
  public void close() {
    log.close();
  }
}
