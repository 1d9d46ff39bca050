package dev.overseer.server;

import dev.overseer.store.keys.KeyArchive;
import dev.overseer.store.keys.MasterKey;
import dev.overseer.store.keys.SubjectKeys;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The keys of subjects on this disk.
 *
 * @param archive absent where there is none
 */
record PersonalKeys(SubjectKeys onDisk, Optional<KeyArchive> archive) implements AutoCloseable {

  /** Without an archive. */
  static PersonalKeys open(Path file, MasterKey master, RandomGenerator random) {
    return new PersonalKeys(SubjectKeys.open(file, master, random), Optional.empty());
  }

  @Override
  public void close() {
    onDisk.close();
  }
}
