package dev.overseer.bench.restore;

import dev.overseer.bench.process.Directories;
import dev.overseer.formats.Formats;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Unavailable;
import dev.overseer.store.archive.ArchiveWatch;
import dev.overseer.store.archive.Archiving;
import dev.overseer.store.archive.LocalRoom;
import dev.overseer.store.archive.Referred;
import dev.overseer.store.archive.Restoration;
import dev.overseer.store.archive.SegmentArchive;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.RocksSettings;
import dev.overseer.store.keyvalue.RocksStore;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.UpdateLogCodec;
import dev.overseer.store.objects.ObjectStore;
import dev.overseer.store.objects.s3.S3ObjectStore;
import dev.overseer.store.objects.s3.S3Settings;
import dev.overseer.testkit.S3Server;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./dev bench restore}. */
@Command(
    name = "./dev bench restore",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Archives an update log in a bucket, brings it back into an empty directory, and indexes it,"
          + " as a new machine does; the bucket's server is on this machine.",
      "Nothing else should run on the machine meanwhile."
    })
public final class RestoreCommand implements Callable<Integer> {
  private static final String LOG = "updates";
  private static final String BUCKET = "logs";
  private static final LocalRoom EVERYTHING = new LocalRoom(Long.MAX_VALUE, Integer.MAX_VALUE);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double TEN_MILLION = 1e7;
  private static final int SMOKE_UPDATES = 20_000;

  @Option(
      names = "--updates",
      paramLabel = "N",
      description = "Updates in the log. Default: ${DEFAULT-VALUE}.")
  int updates = 1_000_000;

  @Option(names = "--smoke", description = "Few updates, to see that it works.")
  boolean smoke;

  private RestoreCommand() {}

  public static void main(String[] words) {
    System.exit(new CommandLine(new RestoreCommand()).execute(words));
  }

  @Override
  public Integer call() {
    int count = smoke ? SMOKE_UPDATES : updates;
    Path directory = Directories.temporary("overseer-restore");
    try (S3Server server = S3Server.start(directory.resolve("buckets"))) {
      server.createBucket(BUCKET);
      try (ObjectStore store = store(server)) {
        SegmentArchive archive = new SegmentArchive(store, LOG);
        archive(archive, directory.resolve("old"), count);
        report("the log is back", count, restore(archive, directory.resolve("new")));
        report("and indexed", count, index(directory.resolve("new"), directory.resolve("index")));
      }
    } finally {
      Directories.remove(directory);
    }
    return 0;
  }

  private static ObjectStore store(S3Server server) {
    return new S3ObjectStore(
        new S3Settings(
            BUCKET,
            "",
            "us-east-1",
            Optional.of(server.endpoint()),
            Optional.of(new S3Settings.Credentials(S3Server.ACCESS_KEY, S3Server.SECRET)),
            new S3Settings.Encryption.OfBucket(),
            Duration.ofMinutes(1)));
  }

  private static void archive(SegmentArchive archive, Path directory, int count) {
    InstantSource clock = InstantSource.system();
    try (SegmentedLog<LogRecord> log = open(directory)) {
      SampleLog.write(log, count);
      log.seal();
      Archiving archiving =
          new Archiving(
              log,
              Referred.NOTHING,
              archive,
              new Archiving.Limits(Duration.ofDays(1), EVERYTHING),
              new Refusals(),
              clock);
      while (!log.archived().equals(log.end())) {
        log.pack();
        archiving.step();
      }
    }
    System.out.printf(
        Locale.ROOT, "%,d updates in %,d KB%n", count, Directories.bytes(directory) >> 10);
  }

  private static long restore(SegmentArchive archive, Path directory) {
    long start = System.nanoTime();
    new Restoration(archive, directory, EVERYTHING, (_, _) -> {}).run(() -> {});
    return System.nanoTime() - start;
  }

  private static long index(Path log, Path directory) {
    RocksSettings settings = RocksSettings.of(Durability.FLUSHED, KeyValueUpdateIndex.SPACES);
    long start = System.nanoTime();
    try (SegmentedLog<LogRecord> restored = open(log);
        KeyValueUpdateIndex index =
            KeyValueUpdateIndex.open(
                RocksStore.open(directory, settings),
                SampleLog.DEFINITIONS,
                IndexIdentity.of(restored.identity(), SampleLog.DEFINITIONS));
        Indexer indexer =
            new Indexer(
                restored,
                index,
                SampleLog.DEFINITIONS,
                Formats.standard()::decoder,
                (_, offset, why) -> {
                  throw new InvariantViolated("The change at %s: %s".formatted(offset, why));
                })) {
      while (indexer.step()) {
        // To the log's end.
      }
    }
    return System.nanoTime() - start;
  }

  private static SegmentedLog<LogRecord> open(Path directory) {
    return SegmentedLog.open(
        directory,
        new UpdateLogCodec(),
        LogSettings.of(LOG, new UUID(0, 1), InstantSource.system()));
  }

  private static void report(String what, int count, long nanos) {
    double seconds = nanos / NANOS_PER_SECOND;
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f s, %,.0f updates/s; 10 million would take %.0f s%n",
        what,
        seconds,
        count / seconds,
        TEN_MILLION / count * seconds);
  }

  /** The server here refuses nothing. */
  private static final class Refusals implements ArchiveWatch {
    @Override
    public void archiveRefused(String log, Unavailable cause) {
      throw new IllegalStateException("The bucket refused a segment", cause);
    }

    @Override
    public void archiveTakes(String log) {}
  }
}
