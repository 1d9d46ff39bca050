package dev.overseer.store.index;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.Definitions;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Unavailable;
import dev.overseer.store.keyvalue.RocksSettings;
import dev.overseer.store.keyvalue.RocksStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The index on local disk. It is derived, so what cannot be trusted is deleted and made anew from
 * the log: an index of other models, of another log, ahead of its log, or damaged.
 */
public final class IndexDirectory {
  private final Path directory;
  private final RocksSettings settings;
  private final Definitions definitions;
  private final IndexIdentity identity;

  private IndexDirectory(
      Path directory, RocksSettings settings, Definitions definitions, IndexIdentity identity) {
    this.directory = directory;
    this.settings = settings;
    this.definitions = definitions;
    this.identity = identity;
  }

  /**
   * Opens the index, empty if it has to be made anew.
   *
   * @param end of the log
   * @param madeAnew is told why, if so
   * @throws InvalidRequest when another process has it open, or the directory holds directories: an
   *     index has none, and what is something else is not deleted
   */
  public static KeyValueUpdateIndex open(
      Path directory,
      RocksSettings settings,
      Definitions definitions,
      IndexIdentity identity,
      LogOffset end,
      Consumer<String> madeAnew) {
    return new IndexDirectory(directory, settings, definitions, identity).open(end, madeAnew);
  }

  private KeyValueUpdateIndex open(LogOffset end, Consumer<String> madeAnew) {
    try {
      RocksStore store = RocksStore.open(directory, settings);
      Optional<String> mismatch = mismatch(store, end);
      if (mismatch.isEmpty()) {
        return openIn(store);
      }
      store.close();
      madeAnew.accept(mismatch.get());
    } catch (CorruptStore damaged) {
      madeAnew.accept(String.valueOf(damaged.getMessage()));
    }
    delete();
    return openIn(RocksStore.open(directory, settings));
  }

  private Optional<String> mismatch(RocksStore store, LogOffset end) {
    try {
      return KeyValueUpdateIndex.mismatch(store, identity, end);
    } catch (RuntimeException e) {
      closeDamaged(store);
      throw e;
    }
  }

  private KeyValueUpdateIndex openIn(RocksStore store) {
    try {
      return KeyValueUpdateIndex.open(store, definitions, identity);
    } catch (RuntimeException e) {
      closeDamaged(store);
      throw e;
    }
  }

  /** It is to be deleted: whether closing it went well is of no interest. */
  private static void closeDamaged(RocksStore store) {
    try {
      store.close();
    } catch (CorruptStore | Unavailable alsoDamaged) {
      // Closed as far as can be.
    }
  }

  private void delete() {
    try (Stream<Path> listed = Files.list(directory)) {
      List<Path> files = listed.toList();
      for (Path file : files) {
        if (Files.isDirectory(file)) {
          throw new InvalidRequest(
              "%s should hold nothing but an index, but holds the directory %s: choose another"
                  .formatted(directory, file.getFileName()));
        }
      }
      for (Path file : files) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new Unavailable(
          "The index in " + directory + " has to be made anew, but cannot be deleted", e);
    }
  }
}
