package dev.overseer.server;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Stage;
import dev.overseer.model.Unavailable;
import dev.overseer.server.configuration.ArchiveSettings;
import dev.overseer.server.configuration.ArchiveSettings.Location;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.configuration.StorageSettings;
import dev.overseer.store.archive.ArchiveWatch;
import dev.overseer.store.archive.Archiving;
import dev.overseer.store.archive.Claiming;
import dev.overseer.store.archive.LocalRoom;
import dev.overseer.store.archive.Referred;
import dev.overseer.store.archive.Restoration;
import dev.overseer.store.archive.SegmentArchive;
import dev.overseer.store.keys.KeyArchive;
import dev.overseer.store.keys.KeyClaim;
import dev.overseer.store.keys.KeyRestoration;
import dev.overseer.store.keys.MasterKey;
import dev.overseer.store.keys.SubjectKeys;
import dev.overseer.store.log.RemoteSegments;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.objects.FileObjectStore;
import dev.overseer.store.objects.ObjectStore;
import dev.overseer.store.objects.Retries;
import dev.overseer.store.objects.RetryingObjectStore;
import dev.overseer.store.objects.s3.S3ObjectStore;
import dev.overseer.store.objects.s3.S3Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the logs are copied to, and come back from when the machine is a new one. */
final class LogArchives implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogArchives.class);

  /**
   * Long enough for a segment of 64 MB at 2 Mbit a second; a dead connection is given up sooner.
   */
  private static final Duration ATTEMPT_MAX = Duration.ofMinutes(5);

  /** So many times as long as the update log waits the journal. */
  private static final int JOURNAL_WAITS = 3;

  private final ObjectStore store;
  private final Archiving.Limits limits;

  private LogArchives(ObjectStore store, Archiving.Limits limits) {
    this.store = store;
    this.limits = limits;
  }

  /** Empty when none is configured. */
  static Optional<LogArchives> of(StorageSettings storage) {
    return storage
        .archive()
        .map(
            archive ->
                new LogArchives(
                    store(archive.location()),
                    new Archiving.Limits(
                        archive.sealAfter(), LocalRoom.ofBytes(storage.localMax().bytes()))));
  }

  private static ObjectStore store(Location location) {
    return switch (location) {
      case Location.Directory(Path path) -> new FileObjectStore(path);
      case Location.Bucket bucket -> new S3ObjectStore(settings(bucket));
    };
  }

  private static S3Settings settings(Location.Bucket bucket) {
    return new S3Settings(
        bucket.name(),
        bucket.prefix(),
        bucket.region(),
        bucket.endpoint(),
        bucket
            .keys()
            .map(keys -> new S3Settings.Credentials(keys.access(), keys.secret().reveal())),
        encryption(bucket),
        ATTEMPT_MAX);
  }

  private static S3Settings.Encryption encryption(Location.Bucket bucket) {
    return switch (bucket.encryption()) {
      case BUCKET -> new S3Settings.Encryption.OfBucket();
      case MANAGED -> new S3Settings.Encryption.Managed();
      case KMS -> new S3Settings.Encryption.ByService(bucket.encryptionKey());
    };
  }

  /**
   * The configured archive, asked with patience.
   *
   * @throws InvalidRequest when none is configured
   */
  static ObjectStore patientStore(StorageSettings storage) {
    ArchiveSettings archive =
        storage
            .archive()
            .orElseThrow(() -> new InvalidRequest("No archive is configured: see storage.archive"));
    return patient(store(archive.location()));
  }

  /** What of the update log only its archive has, for reading, until the process ends. */
  static RemoteSegments updatesOf(Configuration configuration) {
    return segmentsOf(DataDirectory.UPDATES, configuration);
  }

  /** The same of the journal. */
  static RemoteSegments journalOf(Configuration configuration) {
    return segmentsOf(DataDirectory.JOURNAL, configuration);
  }

  private static RemoteSegments segmentsOf(String log, Configuration configuration) {
    return configuration.storage().archive().isEmpty()
        ? RemoteSegments.NONE
        : new SegmentArchive(patientStore(configuration.storage()), log);
  }

  private static ObjectStore patient(ObjectStore store) {
    return new RetryingObjectStore(
        store, Retries.DEFAULT, pause -> LockSupport.parkNanos(pause.toNanos()));
  }

  /**
   * Opens the log when its directory was brought up to the archive, with the progress in the
   * program's log. Where there is a log already, an archive out of reach is no reason not to start.
   */
  <R> SegmentedLog<R> open(String name, Path directory, Supplier<SegmentedLog<R>> log) {
    SegmentArchive archive = new SegmentArchive(patient(store), name);
    Claiming claiming = new Claiming(archive, directory, restoration(archive, directory));
    try {
      return claiming.open(log);
    } catch (Unavailable e) {
      if (!claiming.isDispensable()) {
        throw e;
      }
      LOG.warn("The archive of the log '{}' is asked later: {}", name, e.getMessage());
      return log.get();
    }
  }

  private Restoration restoration(SegmentArchive archive, Path directory) {
    return new Restoration(
        archive,
        directory,
        limits.local(),
        new RestorationProgress(archive.name(), System::nanoTime, line -> LOG.info("{}", line)));
  }

  /**
   * Opens subjects' keys when their file was brought up to the archive. Both logs must be open:
   * then nothing comes to their archives any more that needs a key which is not here.
   */
  PersonalKeys openKeys(Path file, MasterKey master, RandomGenerator random) {
    KeyRestoration restoration = new KeyRestoration(patient(store), master, file, random);
    Optional<KeyClaim> claim = claim(restoration);
    SubjectKeys keys = SubjectKeys.open(file, master, random);
    return new PersonalKeys(keys, Optional.of(new KeyArchive(store, master, keys, claim, random)));
  }

  private static Optional<KeyClaim> claim(KeyRestoration restoration) {
    try {
      return Optional.of(restoration.run());
    } catch (Unavailable e) {
      if (!restoration.isDispensable()) {
        throw e;
      }
      LOG.warn("The archive of subjects' keys is asked later: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Reads what this disk does not hold any more. */
  RemoteSegments remote(String name) {
    return new SegmentArchive(patient(store), name);
  }

  /** The archive of a log, which answers or refuses at once. */
  SegmentArchive segments(SegmentedLog<?> log) {
    return new SegmentArchive(store, log.name());
  }

  /**
   * The stage that takes the update log to the archive.
   *
   * @param keys that its values are encrypted with: they are there first
   */
  Stage archiving(
      SegmentedLog<?> updateLog,
      Optional<KeyArchive> keys,
      ArchiveWatch watch,
      InstantSource clock) {
    return new Archiving(
        updateLog,
        keys.map(Referred::of).orElse(Referred.NOTHING),
        new SegmentArchive(store, updateLog.name()),
        limits,
        watch,
        clock);
  }

  /**
   * The same for the journal, which refers to the update log. No source waits for it, and what it
   * loses is decided again: it may wait longer, and then costs fewer requests.
   */
  Stage archiving(
      SegmentedLog<?> journal, SegmentedLog<?> updateLog, ArchiveWatch watch, InstantSource clock) {
    return new Archiving(
        journal,
        Referred.of(updateLog),
        new SegmentArchive(store, journal.name()),
        new Archiving.Limits(limits.sealAfter().multipliedBy(JOURNAL_WAITS), limits.local()),
        watch,
        clock);
  }

  @Override
  public void close() {
    store.close();
  }
}
