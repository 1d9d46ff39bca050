package dev.overseer.store.disk;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the disk of a directory lets this process do. Looking changes nothing there. */
public sealed interface DiskCondition {

  /** New files can be made, as far as can be told without making one. */
  record Writable(long freeBytes) implements DiskCondition {}

  /** The whole file system takes no writes, whoever asks. */
  record ReadOnly() implements DiskCondition {}

  /** The directory takes none from the user that this process runs as. */
  record Denied() implements DiskCondition {}

  /** It is not there, or does not answer. */
  record Missing(String reason) implements DiskCondition {}

  static DiskCondition of(Path directory) {
    if (!Files.isDirectory(directory)) {
      return new Missing(Files.exists(directory) ? "it is no directory" : "it is not there");
    }
    try {
      FileStore store = Files.getFileStore(directory);
      if (Files.isWritable(directory)) {
        return new Writable(store.getUsableSpace());
      }
      return store.isReadOnly() ? new ReadOnly() : new Denied();
    } catch (IOException e) {
      return new Missing(String.valueOf(e.getMessage()));
    }
  }

  default boolean isWritable() {
    return switch (this) {
      case Writable _ -> true;
      case ReadOnly _, Denied _, Missing _ -> false;
    };
  }
}
