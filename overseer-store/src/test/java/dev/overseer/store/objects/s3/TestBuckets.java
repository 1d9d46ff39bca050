package dev.overseer.store.objects.s3;

import dev.overseer.store.objects.s3.S3Settings.Credentials;
import dev.overseer.store.objects.s3.S3Settings.Encryption;
import dev.overseer.testkit.S3Server;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings for buckets of a server under test. */
final class TestBuckets {
  private TestBuckets() {}

  static S3Settings settings(S3Server server, String bucket) {
    return settings(server, bucket, "", S3Server.SECRET);
  }

  static S3Settings settings(S3Server server, String bucket, String prefix, String secret) {
    return settings(server.endpoint(), bucket, prefix, secret, new Encryption.OfBucket());
  }

  static S3Settings settings(
      URI endpoint, String bucket, String prefix, String secret, Encryption encryption) {
    return new S3Settings(
        bucket,
        prefix,
        "eu-central-1",
        Optional.of(endpoint),
        Optional.of(new Credentials(S3Server.ACCESS_KEY, secret)),
        encryption,
        Duration.ofSeconds(10));
  }
}
