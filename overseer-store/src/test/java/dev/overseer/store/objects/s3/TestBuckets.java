package dev.overseer.store.objects.s3;

import dev.overseer.testkit.S3Server;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings for buckets of a server under test. */
final class TestBuckets {
  private TestBuckets() {}

  static S3Settings settings(S3Server server, String bucket) {
    return at(server.endpoint(), bucket);
  }

  static S3Settings at(URI endpoint, String bucket) {
    return new S3Settings(
        bucket,
        "",
        "eu-central-1",
        Optional.of(endpoint),
        Optional.of(new S3Settings.Credentials(S3Server.ACCESS_KEY, S3Server.SECRET)),
        new S3Settings.Encryption.OfBucket(),
        Duration.ofSeconds(10));
  }

  static S3Settings withPrefix(S3Settings settings, String prefix) {
    return new S3Settings(
        settings.bucket(),
        prefix,
        settings.region(),
        settings.endpoint(),
        settings.credentials(),
        settings.encryption(),
        settings.attemptMax());
  }

  static S3Settings withSecret(S3Settings settings, String secret) {
    return new S3Settings(
        settings.bucket(),
        settings.prefix(),
        settings.region(),
        settings.endpoint(),
        Optional.of(new S3Settings.Credentials(S3Server.ACCESS_KEY, secret)),
        settings.encryption(),
        settings.attemptMax());
  }

  static S3Settings withEncryption(S3Settings settings, S3Settings.Encryption encryption) {
    return new S3Settings(
        settings.bucket(),
        settings.prefix(),
        settings.region(),
        settings.endpoint(),
        settings.credentials(),
        encryption,
        settings.attemptMax());
  }
}
