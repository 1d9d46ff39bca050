package dev.overseer.store.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.Unavailable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Under retries a store that fails in every way is as good as one that does not. */
class RetryingObjectStoreTest extends ObjectStoreContract {
  private static final Retries ENOUGH =
      new Retries(50, Duration.ofMillis(100), Duration.ofSeconds(1));

  @Override
  protected ObjectStore create(Path directory) {
    return retrying(new MemoryObjectStore());
  }

  private static ObjectStore retrying(ObjectStore store) {
    return new RetryingObjectStore(new FaultyObjectStore(store, 7), ENOUGH, _ -> {});
  }

  @Override
  protected ObjectStore another(ObjectStore store) {
    return store;
  }

  @Test
  void every_kind_of_fault_happens() {
    FaultyObjectStore faulty = new FaultyObjectStore(new MemoryObjectStore(), 1);
    ObjectStore store = new RetryingObjectStore(faulty, ENOUGH, _ -> {});
    for (int i = 0; i < 200; i++) {
      ObjectKey key = new ObjectKey("key-" + i);
      ObjectContent content = new ObjectContent.OfBytes(new byte[] {1, 2, 3, (byte) i});
      assertThat(store.put(key, content)).isEqualTo(PutResult.STORED);
      assertThat(store.find(key, 0, 4).orElseThrow().bytes()).containsExactly(1, 2, 3, i);
    }
    assertThat(faulty.injected()).containsOnlyKeys(FaultyObjectStore.Fault.values());
  }

  @Test
  void it_gives_up_after_so_many_attempts_with_growing_pauses_between() {
    List<Duration> pauses = new ArrayList<>();
    Retries retries = new Retries(5, Duration.ofMillis(100), Duration.ofMillis(500));
    ObjectStore store = new RetryingObjectStore(new Gone(), retries, pauses::add);

    assertThatThrownBy(() -> store.delete(new ObjectKey("key")))
        .isInstanceOf(Unavailable.class)
        .hasMessage("gone");
    assertThat(pauses).extracting(Duration::toMillis).containsExactly(100L, 200L, 400L, 500L);
  }

  /** A store that never answers. */
  private static final class Gone implements ObjectStore {

    @Override
    public PutResult put(ObjectKey key, ObjectContent content) {
      throw gone();
    }

    @Override
    public Optional<ObjectSlice> find(ObjectKey key, long position, int lengthMax) {
      throw gone();
    }

    @Override
    public List<StoredObject> list(String prefix, Optional<ObjectKey> after) {
      throw gone();
    }

    @Override
    public void blank(ObjectKey key) {
      throw gone();
    }

    @Override
    public void delete(ObjectKey key) {
      throw gone();
    }

    private static Unavailable gone() {
      return new Unavailable("gone");
    }

    @Override
    public void close() {
      // It holds nothing.
    }
  }
}
