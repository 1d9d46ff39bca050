package dev.overseer.store.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Unavailable;
import dev.overseer.store.objects.ObjectContent;
import dev.overseer.store.objects.ObjectKey;
import dev.overseer.store.objects.ObjectSlice;
import dev.overseer.store.objects.ObjectStore;
import dev.overseer.store.objects.PutResult;
import dev.overseer.store.objects.StoredObject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file of keys in an object store, as pages of slots one after the other, under {@code
 * keys/NUMBER-GENERATION}. What holds keys is put where there is nothing; a page from which a key
 * is to go is put anew as its next generation, and then the one before is blanked. So nothing that
 * arrives late finds a place: its key is taken, by itself, by another or by nothing.
 */
final class KeyPages {
  /** A megabyte: what it takes to erase one key. */
  static final int SLOTS_MAX = 8192;

  private static final String PREFIX = "keys/";
  private static final byte[] MAGIC = "OVKEYPAG".getBytes(US_ASCII);
  private static final byte VERSION = 1;
  private static final int HEAD = KeySlot.LENGTH;
  private static final int CHECKED = HEAD - Integer.BYTES;
  private static final int ID_LENGTH = 16;

  private final ObjectStore store;
  private final byte[] check;
  private final RandomGenerator random;

  /**
   * @param number counted from 0
   * @param generation the newest
   * @param first the place of its first slot in the file
   * @param slots how many it has; none where it only claims its number
   * @param outdated generations before, which still hold something
   */
  record Page(long number, int generation, int first, int slots, List<Integer> outdated) {
    int end() {
      return first + slots;
    }
  }

  /**
   * @param check tells the master key, which must be the one that pages were made with
   * @param random tells pages from others that hold the same
   */
  KeyPages(ObjectStore store, byte[] check, RandomGenerator random) {
    this.store = store;
    this.check = check;
    this.random = random;
  }

  /** Hands over all pages, in order: one request for each {@value ObjectStore#LISTED_MAX}. */
  void forEach(Consumer<Page> into) {
    Optional<ObjectKey> after = Optional.empty();
    @Nullable Page page = null;
    List<StoredObject> listed;
    do {
      listed = store.list(PREFIX, after);
      for (StoredObject object : listed) {
        Page next = page(object, page);
        if (page != null && page.number() != next.number()) {
          into.accept(page);
        }
        page = next;
        after = Optional.of(object.key());
      }
    } while (listed.size() == ObjectStore.LISTED_MAX);
    if (page != null) {
      into.accept(page);
    }
  }

  /** Generations of one page are listed one after the other. */
  private static Page page(StoredObject object, @Nullable Page before) {
    String[] words = object.key().value().substring(PREFIX.length()).split("-", 2);
    long number = Long.parseLong(words[0]);
    int generation = Integer.parseInt(words[1]);
    int slots = (int) (object.length() / KeySlot.LENGTH) - 1;
    if (before == null || before.number() != number) {
      return new Page(number, generation, before == null ? 0 : before.end(), slots, List.of());
    }
    List<Integer> outdated = new ArrayList<>(before.outdated());
    if (before.slots() >= 0) {
      outdated.add(before.generation());
    }
    return new Page(number, generation, before.first(), slots, List.copyOf(outdated));
  }

  /** The page's slots; none where it was blanked. */
  List<KeySlot> read(long number, int generation) {
    ObjectKey key = key(number, generation);
    byte[] bytes = bytes(key);
    if (bytes.length == 0) {
      return List.of();
    }
    requireHead(bytes, key);
    List<KeySlot> slots = new ArrayList<>();
    for (int at = HEAD; at < bytes.length; at += KeySlot.LENGTH) {
      slots.add(
          KeySlot.find(Arrays.copyOfRange(bytes, at, at + KeySlot.LENGTH))
              .orElseThrow(() -> new CorruptStore("The archive's %s is damaged".formatted(key))));
    }
    return slots;
  }

  private byte[] bytes(ObjectKey key) {
    ObjectSlice slice =
        store
            .find(key, 0, HEAD + SLOTS_MAX * KeySlot.LENGTH)
            .orElseThrow(() -> new Unavailable(key + " is not in the archive any more"));
    if (slice.bytes().length < slice.objectLength()) {
      throw new Unavailable(key + " came in part only");
    }
    return slice.bytes();
  }

  private void requireHead(byte[] bytes, ObjectKey key) {
    ByteBuffer head = ByteBuffer.wrap(bytes);
    if (bytes.length < HEAD
        || head.getInt(CHECKED) != checksum(bytes)
        || !ByteBuffer.wrap(MAGIC).equals(head.slice(0, MAGIC.length))
        || head.get(MAGIC.length) != VERSION) {
      throw new CorruptStore("The archive's %s is no page of keys of version 1".formatted(key));
    }
    if (!ByteBuffer.wrap(check).equals(head.slice(MAGIC.length + 1, check.length))) {
      throw new InvalidRequest(
          "The keys of subjects in the archive were made with another personalData.masterKey: give"
              + " that one");
    }
  }

  /** Whether the page is stored now by this call. */
  boolean put(long number, int generation, List<KeySlot> slots) {
    byte[] id = new byte[ID_LENGTH];
    random.nextBytes(id);
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + slots.size() * KeySlot.LENGTH);
    bytes.put(MAGIC).put(VERSION).put(check).put(id);
    bytes.putInt(CHECKED, checksum(bytes.array())).position(HEAD);
    slots.forEach(slot -> bytes.put(slot.toBytes()));
    ObjectContent content = new ObjectContent.OfBytes(bytes.array());
    return store.put(key(number, generation), content) == PutResult.STORED;
  }

  void blank(long number, int generation) {
    store.blank(key(number, generation));
  }

  private static ObjectKey key(long number, int generation) {
    return new ObjectKey(PREFIX + "%020d-%06d".formatted(number, generation));
  }

  private static int checksum(byte[] page) {
    CRC32C checksum = new CRC32C();
    checksum.update(page, 0, CHECKED);
    return (int) checksum.getValue();
  }
}
