package dev.overseer.store.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Unavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjIntConsumer;

/**
 * The file of subjects' keys: a head, then one slot after another, which are appended, and
 * overwritten where they are when they are erased. Not safe for several threads.
 */
final class KeyFile implements AutoCloseable {
  private static final byte[] MAGIC = "OVSUBKEY".getBytes(US_ASCII);
  private static final byte VERSION = 1;
  private static final int SLOTS_AT_ONCE = 1024;

  private final Path path;
  private final FileChannel channel;
  private int slots;
  private int durable;

  private KeyFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Opens the file, or makes it, and hands over every slot with its place.
   *
   * @param check tells the master key, which must be the one that the file was made with
   */
  static KeyFile open(Path path, byte[] check, ObjIntConsumer<KeySlot> into) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      KeyFile file =
          new KeyFile(
              path,
              FileChannel.open(
                  path,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE));
      file.readHead(check);
      file.readSlots(into);
      return file;
    } catch (IOException e) {
      throw new Unavailable("The keys of subjects in %s cannot be read".formatted(path), e);
    }
  }

  /** What a file begins with. */
  static byte[] head(byte[] check) {
    return ByteBuffer.allocate(KeySlot.LENGTH).put(MAGIC).put(VERSION).put(check).array();
  }

  private void readHead(byte[] check) throws IOException {
    byte[] head = head(check);
    if (channel.size() < KeySlot.LENGTH) { // it was never durable: no slot was
      write(0, head);
      force();
      try (FileChannel parent = FileChannel.open(path.toAbsolutePath().getParent())) {
        parent.force(true);
      }
      return;
    }
    byte[] found = read(0, 1);
    if (!Arrays.equals(found, 0, MAGIC.length + 1, head, 0, MAGIC.length + 1)) {
      throw new CorruptStore("%s is no file of subjects' keys of version 1".formatted(path));
    }
    if (!Arrays.equals(found, head)) {
      throw new InvalidRequest(
          "The keys of subjects in %s were made with another personalData.masterKey: give that one"
              .formatted(path));
    }
  }

  private void readSlots(ObjIntConsumer<KeySlot> into) throws IOException {
    int written = (int) (channel.size() / KeySlot.LENGTH) - 1;
    List<Integer> bad = new ArrayList<>();
    for (int first = 0; first < written; first += SLOTS_AT_ONCE) {
      byte[] bytes = read(1 + first, Math.min(SLOTS_AT_ONCE, written - first));
      for (int i = 0; i * KeySlot.LENGTH < bytes.length; i++) {
        take(
            first + i,
            Arrays.copyOfRange(bytes, i * KeySlot.LENGTH, (i + 1) * KeySlot.LENGTH),
            bad,
            into);
      }
    }
    slots = bad.isEmpty() ? written : bad.getFirst();
    channel.truncate((1L + slots) * KeySlot.LENGTH);
    force();
  }

  /** What a crash tore was never durable; a later slot that says otherwise proves damage. */
  private void take(int place, byte[] bytes, List<Integer> bad, ObjIntConsumer<KeySlot> into) {
    Optional<KeySlot> slot = KeySlot.find(bytes);
    if (slot.isEmpty()) {
      bad.add(place);
      return;
    }
    if (bad.stream().anyMatch(torn -> torn < slot.get().durable())) {
      throw new CorruptStore(
          "Slot %d of the subjects' keys in %s is damaged: restore the file from a copy"
              .formatted(bad.getFirst(), path));
    }
    if (bad.isEmpty()) {
      into.accept(slot.get(), place);
    }
  }

  int append(KeySlot slot) {
    int place = slots;
    overwrite(place, slot);
    slots++;
    return place;
  }

  void overwrite(int place, KeySlot slot) {
    try {
      write(1 + place, slot.toBytes());
    } catch (IOException e) {
      throw new Unavailable("The keys of subjects in %s cannot be written".formatted(path), e);
    }
  }

  KeySlot get(int place) {
    try {
      return KeySlot.find(read(1 + place, 1))
          .orElseThrow(
              () ->
                  new CorruptStore(
                      "Slot %d of the subjects' keys in %s is damaged".formatted(place, path)));
    } catch (IOException e) {
      throw new Unavailable("The keys of subjects in %s cannot be read".formatted(path), e);
    }
  }

  /** How many slots are durable. */
  int durable() {
    return durable;
  }

  /** Makes everything durable that was written. */
  void sync() {
    try {
      force();
    } catch (IOException e) {
      throw new Unavailable("The keys of subjects in %s cannot be made durable".formatted(path), e);
    }
  }

  private void force() throws IOException {
    channel.force(true);
    durable = slots;
  }

  private byte[] read(int place, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count * KeySlot.LENGTH);
    long at = (long) place * KeySlot.LENGTH;
    while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
      // Until all of it is here, or the file ends.
    }
    return bytes.array();
  }

  private void write(int place, byte[] slot) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(slot);
    long at = (long) place * KeySlot.LENGTH;
    while (bytes.hasRemaining()) {
      channel.write(bytes, at + bytes.position());
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new Unavailable("The keys of subjects in %s cannot be closed".formatted(path), e);
    }
  }
}
