package dev.overseer.store.objects.s3;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** The library's client, set up to try once and to give up in time. */
final class Clients {
  private Clients() {}

  static S3Client of(S3Settings settings) {
    S3ClientBuilder client =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .forcePathStyle(settings.endpoint().isPresent())
            .overrideConfiguration(
                calls ->
                    calls
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(settings.attemptMax()));
    settings.endpoint().ifPresent(client::endpointOverride);
    settings
        .credentials()
        .map(it -> AwsBasicCredentials.create(it.accessKey(), it.secret()))
        .map(StaticCredentialsProvider::create)
        .ifPresent(client::credentialsProvider);
    return client.build();
  }
}
