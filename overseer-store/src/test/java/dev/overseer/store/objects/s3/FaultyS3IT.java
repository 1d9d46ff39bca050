package dev.overseer.store.objects.s3;

import dev.overseer.store.objects.FaultyObjectStore;
import dev.overseer.store.objects.ObjectStore;
import dev.overseer.store.objects.ObjectStoreContract;
import dev.overseer.store.objects.Retries;
import dev.overseer.store.objects.RetryingObjectStore;
import dev.overseer.testkit.S3Server;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A real server whose answers fail in every way, under retries. */
class FaultyS3IT extends ObjectStoreContract {
  private static final Retries ENOUGH = new Retries(50, Duration.ZERO, Duration.ZERO);
  private static S3Server server;
  private static int buckets;

  @BeforeAll
  static void start(@TempDir Path directory) {
    server = S3Server.start(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected ObjectStore create(Path directory) {
    server.createBucket("bucket-" + ++buckets);
    return retrying();
  }

  @Override
  protected ObjectStore another(ObjectStore store) {
    return retrying();
  }

  private static ObjectStore retrying() {
    S3ObjectStore store = new S3ObjectStore(TestBuckets.settings(server, "bucket-" + buckets));
    return new RetryingObjectStore(new FaultyObjectStore(store, buckets), ENOUGH, _ -> {});
  }
}
