package dev.overseer.store.objects.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.overseer.store.objects.ObjectContent;
import dev.overseer.store.objects.ObjectKey;
import dev.overseer.store.objects.ObjectStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked of the server, which is none here: it writes the requests down and agrees. */
class EncryptionTest {
  private static final String KIND = "x-amz-server-side-encryption";
  private static final String KEY_ID = "x-amz-server-side-encryption-aws-kms-key-id";

  private final BlockingQueue<Headers> puts = new LinkedBlockingQueue<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          puts.add(exchange.getRequestHeaders());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Headers put(S3Settings.Encryption encryption) {
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    S3Settings settings = TestBuckets.settings(endpoint, "b", "", "secret", encryption);
    try (ObjectStore store = new S3ObjectStore(settings)) {
      store.put(new ObjectKey("key"), new ObjectContent.OfBytes(new byte[] {1}));
    }
    return puts.remove();
  }

  @Test
  void every_put_is_conditional() {
    assertThat(put(new S3Settings.Encryption.OfBucket()).get("If-None-Match"))
        .isEqualTo(List.of("*"));
  }

  @Test
  void the_bucket_decides_unless_told_otherwise() {
    assertThat(put(new S3Settings.Encryption.OfBucket()).containsKey(KIND)).isFalse();
  }

  @Test
  void encryption_is_asked_for_with_each_object() {
    assertThat(put(new S3Settings.Encryption.Managed()).getFirst(KIND)).isEqualTo("AES256");
    assertThat(put(new S3Settings.Encryption.ByService(Optional.empty())).getFirst(KIND))
        .isEqualTo("aws:kms");
    var named = put(new S3Settings.Encryption.ByService(Optional.of("key-7")));
    assertThat(named.getFirst(KIND)).isEqualTo("aws:kms");
    assertThat(named.getFirst(KEY_ID)).isEqualTo("key-7");
  }
}
