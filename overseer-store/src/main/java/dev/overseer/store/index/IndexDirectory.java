package dev.overseer.store.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.Definitions;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Unavailable;
import dev.overseer.store.disk.Disk;
import dev.overseer.store.keyvalue.RocksSettings;
import dev.overseer.store.keyvalue.RocksStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The index on local disk: a generation for each {@link IndexIdentity}, in a directory of its own.
 * So an index of other models is begun beside the one there was, which waits to be gone on with or
 * removed. All are derived: one that cannot be trusted, because it is damaged or ahead of its log,
 * is deleted and begun anew, and one that proves damaged while it is read is marked, so that it is
 * at the next opening.
 */
public final class IndexDirectory {
  private static final String CURRENT = "CURRENT";
  private static final String DAMAGED = "damaged";
  private static final Pattern GENERATION = Pattern.compile("[0-9a-f]{16}");

  private final Path generation;
  private final RocksSettings settings;
  private final Definitions definitions;
  private final IndexIdentity identity;

  private IndexDirectory(
      Path generation, RocksSettings settings, Definitions definitions, IndexIdentity identity) {
    this.generation = generation;
    this.settings = settings;
    this.definitions = definitions;
    this.identity = identity;
  }

  /**
   * Opens the generation of {@code identity}, empty if there is none, or none to be trusted. It
   * fails with {@link Unavailable} when it proves damaged: open it again, and it is begun anew.
   *
   * @param end of the log
   * @param distrusted is told why, if so
   * @throws InvalidRequest when another process has it open, or it holds directories: an index has
   *     none, and what is something else is not deleted
   */
  public static KeyValueUpdateIndex open(
      Path directory,
      RocksSettings settings,
      Definitions definitions,
      IndexIdentity identity,
      LogOffset end,
      Consumer<String> distrusted) {
    Path generation = directory.resolve(identity.generation());
    return new IndexDirectory(generation, settings, definitions, identity).open(end, distrusted);
  }

  /**
   * Opens the generation of {@code identity} as its last writer left it, for reading; empty if
   * there is none, or none to be trusted.
   *
   * @param end of the log
   */
  public static Optional<KeyValueUpdateIndex> openReadOnly(
      Path directory,
      RocksSettings settings,
      Definitions definitions,
      IndexIdentity identity,
      LogOffset end) {
    Path generation = directory.resolve(identity.generation());
    IndexDirectory found = new IndexDirectory(generation, settings, definitions, identity);
    if (!Files.exists(generation.resolve(CURRENT)) || found.knownDamage().isPresent()) {
      return Optional.empty();
    }
    RocksStore store = RocksStore.openReadOnly(generation, settings);
    if (KeyValueUpdateIndex.mismatch(store, identity, end).isPresent()) {
      store.close();
      return Optional.empty();
    }
    return Optional.of(KeyValueUpdateIndex.open(store, definitions, identity));
  }

  /** Removes all generations but that of {@code identity}, which must not be in use. */
  public static void removeOthers(Path directory, IndexIdentity identity) {
    for (Path found : list(directory)) {
      String name = found.getFileName().toString();
      if (!Files.isDirectory(found)) {
        Disk.delete(found); // of an index from before there were generations
      } else if (GENERATION.matcher(name).matches() && !name.equals(identity.generation())) {
        deleteFiles(found);
        Disk.delete(found);
      }
    }
  }

  /** Whether a generation has proved damaged, and waits to be begun anew. */
  public static boolean isDamaged(Path directory) {
    return Files.isDirectory(directory)
        && list(directory).stream().anyMatch(found -> Files.exists(found.resolve(DAMAGED)));
  }

  private KeyValueUpdateIndex open(LogOffset end, Consumer<String> distrusted) {
    Optional<String> damage = knownDamage();
    if (damage.isEmpty()) {
      try {
        return openTrusted(end);
      } catch (CorruptStore damaged) {
        damage = Optional.of(String.valueOf(damaged.getMessage()));
      } catch (Unavailable refused) {
        damage = Optional.of(knownDamage().orElseThrow(() -> refused));
      }
    }
    distrusted.accept(damage.get());
    deleteFiles(generation);
    return begin();
  }

  /** RocksDB takes a directory without this file for an empty one. */
  private Optional<String> knownDamage() {
    if (Files.exists(generation.resolve(DAMAGED))) {
      return Optional.of(reason(generation.resolve(DAMAGED)));
    }
    boolean lacksItsBeginning =
        Files.exists(generation)
            && !Files.exists(generation.resolve(CURRENT))
            && !list(generation).isEmpty();
    return lacksItsBeginning
        ? Optional.of("the file %s is missing in %s".formatted(CURRENT, generation))
        : Optional.empty();
  }

  private KeyValueUpdateIndex openTrusted(LogOffset end) {
    if (!Files.exists(generation.resolve(CURRENT))) {
      return begin();
    }
    RocksStore store = RocksStore.open(generation, settings);
    try {
      KeyValueUpdateIndex.mismatch(store, identity, end).ifPresent(IndexDirectory::distrust);
      return KeyValueUpdateIndex.open(guarded(store), definitions, identity);
    } catch (RuntimeException e) {
      closeDamaged(store);
      throw e;
    }
  }

  private static void distrust(String reason) {
    throw new CorruptStore(reason);
  }

  /** Its identity is durable before anything else is, so one without has lost it. */
  private KeyValueUpdateIndex begin() {
    RocksStore store = RocksStore.open(generation, settings);
    KeyValueUpdateIndex index = KeyValueUpdateIndex.open(guarded(store), definitions, identity);
    index.flush();
    return index;
  }

  private GuardedStore guarded(RocksStore store) {
    return new GuardedStore(store, this::mark);
  }

  private void mark(String damage) {
    Disk.create(generation, generation.resolve(DAMAGED), damage.getBytes(UTF_8));
  }

  private static String reason(Path mark) {
    try {
      return Files.readString(mark);
    } catch (IOException e) {
      return "it was found to be damaged";
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

  private static void deleteFiles(Path directory) {
    List<Path> files = list(directory);
    for (Path file : files) {
      if (Files.isDirectory(file)) {
        throw new InvalidRequest(
            "%s should hold nothing but an index, but holds the directory %s: move that away"
                .formatted(directory, file.getFileName()));
      }
    }
    // Last the mark: a crash in the middle must not leave half an index that looks sound.
    files.stream().filter(file -> !file.endsWith(DAMAGED)).forEach(Disk::delete);
    files.stream().filter(file -> file.endsWith(DAMAGED)).forEach(Disk::delete);
  }

  private static List<Path> list(Path directory) {
    try (Stream<Path> listed = Files.list(directory)) {
      return listed.toList();
    } catch (IOException e) {
      throw new Unavailable("The index in " + directory + " cannot be looked through", e);
    }
  }
}
