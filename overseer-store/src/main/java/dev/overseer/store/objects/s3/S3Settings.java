package dev.overseer.store.objects.s3;

import dev.overseer.model.InvalidRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a bucket is, and how it is spoken to.
 *
 * @param prefix before every key, like {@code overseer/production/}; empty for none
 * @param endpoint of a server other than Amazon's; buckets are then a part of the path
 * @param credentials empty: where Amazon's tools look (environment, profile, the machine's role)
 * @param attemptMax how long one attempt of one call may take
 */
public record S3Settings(
    String bucket,
    String prefix,
    String region,
    Optional<URI> endpoint,
    Optional<Credentials> credentials,
    Encryption encryption,
    Duration attemptMax) {

  /** An access key; its secret is never shown. */
  public record Credentials(String accessKey, String secret) {

    @Override
    public String toString() {
      return "access key " + accessKey;
    }
  }

  /** How the bucket encrypts what is stored. */
  public sealed interface Encryption {

    /** As the bucket is set up. */
    record OfBucket() implements Encryption {}

    /** With keys that S3 keeps. */
    record Managed() implements Encryption {}

    /** With a key of the key management service: the given one, or the account's own. */
    record ByService(Optional<String> keyId) implements Encryption {}
  }

  public S3Settings {
    if (bucket.isBlank() || region.isBlank()) {
      throw new InvalidRequest("An S3 store needs a bucket and a region");
    }
    if (!prefix.isEmpty() && !prefix.endsWith("/")) {
      throw new InvalidRequest("The prefix '" + prefix + "' must end with a slash");
    }
  }
}
