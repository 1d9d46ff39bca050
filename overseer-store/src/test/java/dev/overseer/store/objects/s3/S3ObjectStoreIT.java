package dev.overseer.store.objects.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.Unavailable;
import dev.overseer.store.objects.ObjectContent;
import dev.overseer.store.objects.ObjectKey;
import dev.overseer.store.objects.ObjectStore;
import dev.overseer.store.objects.ObjectStoreContract;
import dev.overseer.testkit.S3Server;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real server, over HTTP. */
class S3ObjectStoreIT extends ObjectStoreContract {
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

  private static String newBucket() {
    String bucket = "bucket-" + ++buckets;
    server.createBucket(bucket);
    return bucket;
  }

  @Override
  protected ObjectStore create(Path directory) {
    return new S3ObjectStore(TestBuckets.settings(server, newBucket()));
  }

  @Override
  protected ObjectStore another(ObjectStore store) {
    return new S3ObjectStore(TestBuckets.settings(server, "bucket-" + buckets));
  }

  @Test
  void prefixes_keep_stores_in_one_bucket_apart() {
    String bucket = newBucket();
    ObjectKey key = new ObjectKey("a/b");
    try (ObjectStore one =
            new S3ObjectStore(TestBuckets.settings(server, bucket, "one/", S3Server.SECRET));
        ObjectStore two =
            new S3ObjectStore(TestBuckets.settings(server, bucket, "two/", S3Server.SECRET))) {
      one.put(key, new ObjectContent.OfBytes(new byte[] {1}));

      assertThat(two.find(key, 0, 1)).isEmpty();
      assertThat(two.list("", Optional.empty())).isEmpty();
      assertThat(one.list("a", Optional.empty())).extracting("key").containsExactly(key);
    }
  }

  @Test
  void a_bucket_that_is_not_there_is_unavailable_and_named() {
    try (ObjectStore store = new S3ObjectStore(TestBuckets.settings(server, "missing"))) {
      assertThatThrownBy(
              () -> store.put(new ObjectKey("a"), new ObjectContent.OfBytes(new byte[0])))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("missing");
      assertThatThrownBy(() -> store.list("", Optional.empty())).isInstanceOf(Unavailable.class);
    }
  }

  @Test
  void a_wrong_secret_is_refused() {
    S3Settings settings = TestBuckets.settings(server, newBucket(), "", "wrong");
    try (ObjectStore store = new S3ObjectStore(settings)) {
      assertThatThrownBy(() -> store.list("", Optional.empty())).isInstanceOf(Unavailable.class);
    }
  }
}
