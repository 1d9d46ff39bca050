package dev.overseer.store.keys;

import dev.overseer.model.InvalidRequest;
import dev.overseer.store.disk.Disk;
import dev.overseer.store.objects.ObjectStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Brings the file of keys up to its archive, before it is opened, and claims the end of that: what
 * another machine sent and what arrives late finds its place taken. To be done after the same was
 * done with the logs, whose archives refer to no key that is not archived.
 */
public final class KeyRestoration {
  /** Somebody who puts a page each second does not come first so often. */
  private static final int ATTEMPTS_MAX = 20;

  private final KeyPages pages;
  private final MasterKey master;
  private final Path path;

  /**
   * @param path of the file of keys
   */
  public KeyRestoration(ObjectStore store, MasterKey master, Path path, RandomGenerator random) {
    this.pages = new KeyPages(store, master.check(), random);
    this.master = master;
    this.path = path;
  }

  /** Whether the keys can be opened without the archive: they are on this disk. */
  public boolean isDispensable() {
    return Files.exists(path);
  }

  /**
   * @return the claim that keys are archived under from now on
   * @throws InvalidRequest when the file is not the archive's, or another process goes on writing
   * @throws dev.overseer.model.Unavailable when the archive, or the disk, does not answer
   */
  public KeyClaim run() {
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      KeyClaim end = follow();
      if (pages.put(end.next(), 0, List.of())) {
        return end.taken(0);
      }
    }
    throw new InvalidRequest(
        "Another process writes subjects' keys to the archive: stop it, and start again");
  }

  private KeyClaim follow() {
    if (!Files.exists(path)) {
      KeyClaim end = ArchivedKeys.of(pages, 0).end();
      fetchIf(end.archived() > 0);
      return end;
    }
    KeyClaim end;
    boolean isBehind;
    try (KeyFile file = KeyFile.open(path, master.check(), (_, _) -> {})) {
      ArchivedKeys archived = ArchivedKeys.of(pages, file.durable());
      archived.requireSame(file::get);
      end = archived.end();
      isBehind = file.durable() < end.archived();
    }
    fetchIf(isBehind);
    return end;
  }

  /** What was erased in the file alone is erased again, for the journal says so. */
  private void fetchIf(boolean isMissing) {
    if (isMissing) {
      Path directory = Disk.directoryOf(path);
      Disk.makeDirectory(directory);
      Disk.create(directory, path, this::write);
    }
  }

  private void write(RandomAccessFile file) throws IOException {
    file.write(KeyFile.head(master.check()));
    pages.forEach(page -> write(page, file));
  }

  private void write(KeyPages.Page page, RandomAccessFile file) {
    List<KeySlot> slots = pages.read(page.number(), page.generation());
    ByteBuffer bytes = ByteBuffer.allocate(slots.size() * KeySlot.LENGTH);
    slots.forEach(slot -> bytes.put(slot.toBytes()));
    Disk.write(path, file, (1L + page.first()) * KeySlot.LENGTH, bytes.array());
  }
}
