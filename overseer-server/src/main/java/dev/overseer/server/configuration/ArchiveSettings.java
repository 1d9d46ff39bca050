package dev.overseer.server.configuration;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the copy of the logs is that outlives the machine.
 *
 * @param sealAfter a segment that holds anything is archived when it is this old, full or not
 */
public record ArchiveSettings(Location location, Duration sealAfter) {

  /** Where objects are kept. */
  public sealed interface Location {

    /** A directory, on a disk that outlives this one. */
    record Directory(Path path) implements Location {}

    /**
     * A bucket of S3, or of a server like it.
     *
     * @param prefix before all keys, ending with a slash, or empty
     * @param keys empty: where Amazon's own tools find them
     * @param encryptionKey of the key management service, when that encrypts
     */
    record Bucket(
        String name,
        String prefix,
        String region,
        Optional<URI> endpoint,
        Optional<Keys> keys,
        Encryption encryption,
        Optional<String> encryptionKey)
        implements Location {}
  }

  /** An access key and its secret. */
  public record Keys(String access, Secret secret) {}

  /** Who encrypts what is stored. */
  public enum Encryption {
    BUCKET,
    MANAGED,
    KMS
  }
}
