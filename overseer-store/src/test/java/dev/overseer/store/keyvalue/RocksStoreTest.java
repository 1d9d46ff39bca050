package dev.overseer.store.keyvalue;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.InvalidRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksStoreTest extends OrderedStoreContract {
  @TempDir private Path temporary;
  private final Map<OrderedStore, Place> places = new IdentityHashMap<>();
  private int created;

  private record Place(Path directory, Durability durability) {}

  @Override
  protected OrderedStore create(Durability durability) {
    return openAt(temporary.resolve("store-" + created++), durability);
  }

  /** A copy of its files is what the kernel holds of a killed process. */
  @Override
  protected OrderedStore crash(OrderedStore store) throws IOException {
    Path copy = temporary.resolve("crashed-" + created++);
    Place place = requireNonNull(places.get(store));
    copy(place.directory(), copy);
    store.close();
    return openAt(copy, place.durability());
  }

  @Override
  protected OrderedStore reopen(OrderedStore store) {
    store.close();
    Place place = requireNonNull(places.get(store));
    return openAt(place.directory(), place.durability());
  }

  private OrderedStore openAt(Path directory, Durability durability) {
    OrderedStore store = RocksStore.open(directory, settings(durability));
    places.put(store, new Place(directory, durability));
    return store;
  }

  private static RocksSettings settings(Durability durability) {
    return RocksSettings.of(durability, SPACES).withBlockCacheBytes(1 << 20);
  }

  @Test
  void a_second_writer_is_told_that_the_store_is_in_use() {
    Path directory = temporary.resolve("shared");
    try (OrderedStore first = RocksStore.open(directory, settings(Durability.WRITTEN))) {
      first.flush();
      assertThatThrownBy(() -> RocksStore.open(directory, settings(Durability.WRITTEN)))
          .isInstanceOf(InvalidRequest.class)
          .hasMessageContaining("in use");
    }
  }

  @Test
  void a_reader_sees_what_was_kept_and_may_not_write() {
    Path directory = temporary.resolve("read");
    try (OrderedStore store = RocksStore.open(directory, settings(Durability.FLUSHED))) {
      store.write(new WriteBatch().put(FRUIT, new byte[] {1}, new byte[] {2}));
    }
    try (OrderedStore store = RocksStore.openReadOnly(directory, settings(Durability.FLUSHED))) {
      assertThat(store.find(FRUIT, new byte[] {1})).hasValue(new byte[] {2});
      assertThatThrownBy(() -> store.write(new WriteBatch().delete(FRUIT, new byte[] {1})))
          .isInstanceOf(InvalidRequest.class);
    }
  }

  @Test
  void a_damaged_directory_is_a_corrupt_store() throws IOException {
    Path directory = temporary.resolve("damaged");
    RocksStore.open(directory, settings(Durability.FLUSHED)).close();
    Files.writeString(directory.resolve("CURRENT"), "MANIFEST-999999\n");

    assertThatThrownBy(() -> RocksStore.open(directory, settings(Durability.FLUSHED)))
        .isInstanceOf(CorruptStore.class)
        .hasMessageContaining(directory.toString());
  }

  @Test
  void a_closed_store_is_refused_instead_of_ending_the_process() {
    OrderedStore store = create(Durability.WRITTEN);
    store.close();
    store.close();

    assertThatThrownBy(() -> store.find(FRUIT, new byte[] {1})).isInstanceOf(InvalidRequest.class);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
