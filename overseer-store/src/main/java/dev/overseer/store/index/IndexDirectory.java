package dev.overseer.store.index;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Unavailable;
import dev.overseer.store.keyvalue.RocksSettings;
import dev.overseer.store.keyvalue.RocksStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The index on local disk. It is derived, so what cannot be trusted is deleted and made anew from
 * the log: an index of other models, of another log, ahead of its log, or damaged.
 */
public final class IndexDirectory {
  private IndexDirectory() {}

  /**
   * Opens the index, empty if it has to be made anew.
   *
   * @param end of the log
   */
  public static KeyValueUpdateIndex open(
      Path directory,
      RocksSettings settings,
      Definitions definitions,
      IndexIdentity identity,
      LogOffset end) {
    Optional<KeyValueUpdateIndex> trusted =
        tryOpen(directory, settings, definitions, identity, end);
    if (trusted.isPresent()) {
      return trusted.get();
    }
    delete(directory);
    return KeyValueUpdateIndex.open(RocksStore.open(directory, settings), definitions, identity);
  }

  private static Optional<KeyValueUpdateIndex> tryOpen(
      Path directory,
      RocksSettings settings,
      Definitions definitions,
      IndexIdentity identity,
      LogOffset end) {
    RocksStore store;
    try {
      store = RocksStore.open(directory, settings);
    } catch (CorruptStore damaged) {
      return Optional.empty();
    }
    try {
      if (KeyValueUpdateIndex.serves(store, identity, end)) {
        return Optional.of(KeyValueUpdateIndex.open(store, definitions, identity));
      }
    } catch (CorruptStore damaged) {
      // Made anew below, like one that does not serve.
    }
    store.close();
    return Optional.empty();
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new Unavailable(
          "The index in " + directory + " has to be made anew, but cannot be deleted", e);
    }
  }
}
