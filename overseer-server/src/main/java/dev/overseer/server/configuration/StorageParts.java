package dev.overseer.server.configuration;

import dev.overseer.server.configuration.ArchiveSettings.Encryption;
import dev.overseer.server.configuration.ArchiveSettings.Keys;
import dev.overseer.server.configuration.Field.Given;
import dev.overseer.server.configuration.OverseerFile.ArchiveFile;
import dev.overseer.server.configuration.OverseerFile.BucketFile;
import dev.overseer.server.configuration.OverseerFile.StorageFile;
import dev.overseer.server.configuration.StorageSettings.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The part of the file that says how the logs are kept. */
final class StorageParts {
  private static final long SEGMENT_BYTES_MIN = 1L << 20;
  private static final long SEGMENT_BYTES_MAX = 1L << 30;
  private static final Duration SEAL_AFTER_LOCAL = Duration.ofMinutes(1);
  private static final Duration SEAL_AFTER_OBJECT_STORE = Duration.ofSeconds(1);
  private static final Duration SEAL_AFTER_MIN = Duration.ofMillis(100);

  private final Path directory;
  private final Mistakes mistakes;

  StorageParts(Path directory, Mistakes mistakes) {
    this.directory = directory;
    this.mistakes = mistakes;
  }

  StorageSettings settings(StorageFile file) {
    StorageSettings defaults = StorageSettings.defaults();
    ByteSize size = file.segmentSize().orElse(defaults.segmentSize());
    if (size.bytes() < SEGMENT_BYTES_MIN || size.bytes() > SEGMENT_BYTES_MAX) {
      mistakes.add(Place.of(file.segmentSize()), "no sensible segment size", "1MiB to 1GiB");
    }
    Durability durability = file.durability().orElse(defaults.durability());
    if (durability == Durability.OBJECT_STORE && file.archive().isAbsent()) {
      mistakes.add(
          Place.of(file.durability()),
          "the object store is to hold every change, and there is none",
          "storage.archive beside it");
    }
    return new StorageSettings(
        size,
        durability,
        file.archive().given().flatMap(archive -> archive(archive, durability)),
        file.local().find().flatMap(local -> local.maxBytes().find()).orElse(defaults.localMax()),
        file.local().find().flatMap(local -> local.minFree().find()).orElse(defaults.minFree()));
  }

  private Optional<ArchiveSettings> archive(Given<ArchiveFile> given, Durability durability) {
    ArchiveFile file = given.value();
    Duration sealAfter =
        file.sealAfter()
            .orElse(
                switch (durability) {
                  case LOCAL -> SEAL_AFTER_LOCAL;
                  case OBJECT_STORE -> SEAL_AFTER_OBJECT_STORE;
                });
    if (sealAfter.compareTo(SEAL_AFTER_MIN) < 0) {
      mistakes.add(
          Place.of(file.sealAfter()), "too many objects would come of that", "100ms or more");
    }
    if (file.bucket().isAbsent() == file.directory().isAbsent()) {
      mistakes.add(given.place(), "an archive is in one place", "either bucket or directory");
    }
    Optional<ArchiveSettings.Location> bucket = file.bucket().find().flatMap(this::bucket);
    Optional<ArchiveSettings.Location> location =
        file.directory()
            .find()
            .<ArchiveSettings.Location>map(
                path -> new ArchiveSettings.Location.Directory(directory.resolve(path)))
            .or(() -> bucket);
    return location.map(it -> new ArchiveSettings(it, sealAfter));
  }

  private Optional<ArchiveSettings.Location> bucket(BucketFile file) {
    if (file.accessKey().isAbsent() != file.secretKey().isAbsent()) {
      mistakes.add(
          Place.of(file.accessKey().isAbsent() ? file.secretKey() : file.accessKey()),
          "one key is of no use without the other",
          "accessKey and secretKey, or neither");
    }
    String prefix = file.prefix().orElse("");
    Encryption encryption = file.encryption().orElse(Encryption.BUCKET);
    if (!file.kmsKey().isAbsent() && encryption != Encryption.KMS) {
      mistakes.add(Place.of(file.kmsKey()), "no key is used for this", "encryption: kms beside it");
    }
    return file.name()
        .find()
        .map(
            name ->
                new ArchiveSettings.Location.Bucket(
                    name,
                    prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/",
                    file.region().orElse("us-east-1"),
                    file.endpoint().find(),
                    file.accessKey()
                        .find()
                        .flatMap(
                            access ->
                                file.secretKey()
                                    .find()
                                    .map(secret -> new Keys(access, secret.relativeTo(directory)))),
                    encryption,
                    file.kmsKey().find()));
  }
}
