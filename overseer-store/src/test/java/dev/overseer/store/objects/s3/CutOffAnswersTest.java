package dev.overseer.store.objects.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.Unavailable;
import dev.overseer.store.objects.ObjectKey;
import dev.overseer.store.objects.ObjectSlice;
import dev.overseer.store.objects.ObjectStore;
import dev.overseer.store.objects.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No real server cuts its answers at a chosen byte, so here is none. */
class CutOffAnswersTest {
  private static final String SLICE =
      """
      HTTP/1.1 206 Partial Content\r
      Content-Range: bytes 0-3/42\r
      ETag: "1"\r
      Content-Length: 4\r
      Connection: close\r
      \r
      abcd\
      """;
  private static final String LISTING =
      "<?xml"
          + " version=\"1.0\"?><ListBucketResult><KeyCount>1</KeyCount><IsTruncated>false</IsTruncated>"
          + "<Contents><Key>a/1</Key><Size>7</Size></Contents></ListBucketResult>";
  private static final String LIST =
      "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
          .formatted(LISTING.length(), LISTING);

  private ServerSocket server;
  private volatile byte[] answer = {};

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        InputStream in = client.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
          head.append((char) in.read());
        }
        client.getOutputStream().write(answer);
      } catch (IOException e) {
        continue; // Closed, which ends the loop; or the client has gone.
      }
    }
  }

  /** Every beginning of the answer gives the whole of it, or is told to be none. */
  private void cutEverywhere(String whole, Consumer<ObjectStore> call) {
    URI endpoint = URI.create("http://127.0.0.1:" + server.getLocalPort());
    S3Settings settings =
        TestBuckets.settings(endpoint, "b", "", "secret", new S3Settings.Encryption.OfBucket());
    int cutOff = 0;
    try (ObjectStore store = new S3ObjectStore(settings)) {
      for (int length = 0; length <= whole.length(); length++) {
        answer = whole.substring(0, length).getBytes(ISO_8859_1);
        try {
          call.accept(store);
        } catch (Unavailable e) {
          cutOff++;
        }
      }
    }
    assertThat(cutOff).isBetween(1, whole.length());
  }

  @Test
  void a_slice_that_was_cut_off_is_no_slice() {
    cutEverywhere(
        SLICE,
        store -> {
          ObjectSlice slice = store.find(new ObjectKey("a/1"), 0, 4).orElseThrow();
          assertThat(slice.objectLength()).isEqualTo(42);
          assertThat(slice.bytes()).isEqualTo("abcd".getBytes(ISO_8859_1));
        });
  }

  @Test
  void a_list_that_was_cut_off_is_no_list() {
    cutEverywhere(
        LIST,
        store ->
            assertThat(store.list("a/", Optional.empty()))
                .isEqualTo(List.of(new StoredObject(new ObjectKey("a/1"), 7))));
  }
}
