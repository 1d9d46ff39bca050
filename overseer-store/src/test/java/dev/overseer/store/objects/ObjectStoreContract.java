package dev.overseer.store.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link ObjectStore} promises. */
public abstract class ObjectStoreContract {
  private static final ObjectKey KEY = new ObjectKey("some/where/first");

  @TempDir private Path directory;
  private ObjectStore store;

  /** A new and empty store; {@code directory} is its to use. */
  protected abstract ObjectStore create(Path directory) throws Exception;

  /** What another process sees of the same objects. */
  protected abstract ObjectStore another(ObjectStore store) throws Exception;

  @BeforeEach
  void open() throws Exception {
    store = create(directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static ObjectContent content(String text) {
    return new ObjectContent.OfBytes(text.getBytes(UTF_8));
  }

  private static ObjectContent random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return new ObjectContent.OfBytes(bytes);
  }

  private Optional<String> text(ObjectKey key) {
    return store.find(key, 0, 1000).map(slice -> new String(slice.bytes(), UTF_8));
  }

  @Test
  void what_was_put_is_found() {
    assertThat(store.put(KEY, content("hello"))).isEqualTo(PutResult.STORED);

    assertThat(text(KEY)).contains("hello");
    assertThat(text(new ObjectKey("some/where/other"))).isEmpty();
  }

  @Test
  void nothing_at_all_can_be_put() {
    assertThat(store.put(KEY, content(""))).isEqualTo(PutResult.STORED);

    assertThat(store.find(KEY, 0, 10).orElseThrow().bytes()).isEmpty();
    assertThat(store.put(KEY, content(""))).isEqualTo(PutResult.STORED);
    assertThat(store.put(KEY, content("more"))).isEqualTo(PutResult.TAKEN);
  }

  @Test
  void a_key_keeps_what_it_got_first() {
    store.put(KEY, content("first"));

    assertThat(store.put(KEY, content("other"))).isEqualTo(PutResult.TAKEN);
    assertThat(store.put(KEY, content("first, and more"))).isEqualTo(PutResult.TAKEN);
    assertThat(text(KEY)).contains("first");
  }

  @Test
  void putting_the_same_again_is_no_conflict() {
    ObjectContent content = random(3_000_000, 1);
    store.put(KEY, content);

    assertThat(store.put(KEY, content)).isEqualTo(PutResult.STORED);
    assertThat(store.put(KEY, random(3_000_000, 2))).isEqualTo(PutResult.TAKEN);
  }

  @Test
  void a_file_is_put_as_it_is() throws Exception {
    Path file = directory.resolve("a-file");
    Files.write(file, "from a file".getBytes(UTF_8));

    assertThat(store.put(KEY, new ObjectContent.OfFile(file))).isEqualTo(PutResult.STORED);
    assertThat(text(KEY)).contains("from a file");
  }

  @Test
  void a_part_is_read_and_the_length_of_the_whole_told() {
    store.put(KEY, content("0123456789"));

    ObjectSlice middle = store.find(KEY, 3, 4).orElseThrow();
    assertThat(middle.bytes()).isEqualTo("3456".getBytes(UTF_8));
    assertThat(middle.objectLength()).isEqualTo(10);
    assertThat(store.find(KEY, 8, 5).orElseThrow().bytes()).isEqualTo("89".getBytes(UTF_8));
    ObjectSlice behind = store.find(KEY, 10, 5).orElseThrow();
    assertThat(behind.bytes()).isEmpty();
    assertThat(behind.objectLength()).isEqualTo(10);
  }

  @Test
  void a_large_object_comes_back_byte_for_byte() {
    ObjectContent.OfBytes large = (ObjectContent.OfBytes) random(9_000_000, 3);
    store.put(KEY, large);

    ObjectSlice tail = store.find(KEY, 8_000_000, 2_000_000).orElseThrow();
    assertThat(tail.bytes()).isEqualTo(Arrays.copyOfRange(large.bytes(), 8_000_000, 9_000_000));
    assertThat(store.find(KEY, 0, 9_000_000).orElseThrow().bytes()).isEqualTo(large.bytes());
  }

  @Test
  void a_listing_is_in_the_order_of_keys_and_begins_after_one() {
    for (String key : List.of("a/3", "a/1", "b/1", "a/2", "a-b/1", "a/10")) {
      store.put(new ObjectKey(key), content(key));
    }

    assertThat(store.list("a/", Optional.empty()))
        .extracting(object -> object.key().value())
        .containsExactly("a/1", "a/10", "a/2", "a/3");
    assertThat(store.list("a/", Optional.of(new ObjectKey("a/10"))))
        .containsExactly(
            new StoredObject(new ObjectKey("a/2"), 3), new StoredObject(new ObjectKey("a/3"), 3));
    assertThat(store.list("", Optional.empty())).hasSize(6);
    assertThat(store.list("c", Optional.empty())).isEmpty();
  }

  @Test
  void a_long_listing_comes_in_pages() {
    int count = ObjectStore.LISTED_MAX + 5;
    for (int i = 0; i < count; i++) {
      store.put(new ObjectKey("many/%05d".formatted(i)), content("x"));
    }

    List<StoredObject> first = store.list("many/", Optional.empty());
    assertThat(first).hasSize(ObjectStore.LISTED_MAX);
    assertThat(store.list("many/", Optional.of(first.getLast().key()))).hasSize(5);
  }

  @Test
  void what_is_deleted_is_gone_and_its_key_free() {
    store.put(KEY, content("first"));
    store.delete(KEY);
    store.delete(KEY);

    assertThat(text(KEY)).isEmpty();
    assertThat(store.list("", Optional.empty())).isEmpty();
    assertThat(store.put(KEY, content("second"))).isEqualTo(PutResult.STORED);
  }

  @Test
  void what_is_blanked_is_empty_and_its_key_taken_for_good() {
    ObjectKey free = new ObjectKey("some/where/free");
    store.put(KEY, content("first"));
    store.blank(KEY);
    store.blank(KEY);
    store.blank(free);

    assertThat(text(KEY)).contains("");
    assertThat(store.put(KEY, content("first"))).isEqualTo(PutResult.TAKEN);
    assertThat(store.put(free, content("first"))).isEqualTo(PutResult.TAKEN);
    assertThat(store.list("", Optional.empty()))
        .containsExactly(new StoredObject(KEY, 0), new StoredObject(free, 0));
  }

  @Test
  void another_process_sees_everything_at_once() throws Exception {
    store.put(KEY, content("mine"));
    try (ObjectStore other = another(store)) {
      assertThat(other.find(KEY, 0, 10).orElseThrow().objectLength()).isEqualTo(4);
      assertThat(other.put(KEY, content("theirs"))).isEqualTo(PutResult.TAKEN);
    }
  }

  @Test
  void of_many_that_put_at_once_one_wins() throws Exception {
    int writers = 8;
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      for (int round = 0; round < 10; round++) {
        ObjectKey key = new ObjectKey("race/" + round);
        List<Future<PutResult>> puts = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
          ObjectContent content = random(50_000, writer);
          puts.add(threads.submit(() -> store.put(key, content)));
        }
        int winner = -1;
        for (int writer = 0; writer < writers; writer++) {
          if (puts.get(writer).get() == PutResult.STORED) {
            assertThat(winner).as("winners before").isEqualTo(-1);
            winner = writer;
          }
        }
        assertThat(store.find(key, 0, 50_000).orElseThrow().bytes())
            .isEqualTo(((ObjectContent.OfBytes) random(50_000, winner)).bytes());
      }
    }
  }
}
