package dev.overseer.store.keys;

import dev.overseer.model.Subject;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The keys of subjects, outside of every log, so that one can be destroyed while what was encrypted
 * with it stays. A new key may be used at once, and what was encrypted with it may be stored after
 * {@link #keep}. Memory holds some 130 bytes for each subject. Safe for many threads.
 */
public final class SubjectKeys implements AutoCloseable {
  private static final int UNWRAPPED_MAX = 10_000;

  private final MasterKey master;
  private final RandomGenerator random;
  private final KeyFile file;
  private final Map<ByteBuffer, Integer> places = new HashMap<>();
  private final Set<String> erased = new HashSet<>();
  private final List<Integer> erasures = new ArrayList<>();
  private final Map<ByteBuffer, SubjectKey> unwrapped = new LinkedHashMap<>(16, 0.75f, true);
  private boolean isWritten;

  private SubjectKeys(Path path, MasterKey master, RandomGenerator random) {
    this.master = master;
    this.random = random;
    List<Integer> outlived = new ArrayList<>();
    this.file = KeyFile.open(path, master.check(), (slot, place) -> take(slot, place, outlived));
    outlived.forEach(this::destroy);
  }

  /**
   * Opens the file of keys, or makes it.
   *
   * @param random must be fit for making keys
   * @throws dev.overseer.model.InvalidRequest when it was made with another master key
   * @throws dev.overseer.model.CorruptStore when it is damaged
   */
  public static SubjectKeys open(Path path, MasterKey master, RandomGenerator random) {
    return new SubjectKeys(path, master, random);
  }

  /** A subject gets another key when its last one was destroyed, even if nothing else says so. */
  private void take(KeySlot slot, int place, List<Integer> outlived) {
    switch (slot.state()) {
      case KEY -> {
        Integer before = places.put(ByteBuffer.wrap(slot.subject()), place);
        if (before != null) {
          outlived.add(before);
        }
      }
      case ERASED -> {
        erased.add(Base64.getUrlEncoder().encodeToString(slot.name()));
        erasures.add(place);
      }
    }
  }

  /** The subject's key, which is made now if it has none. */
  synchronized SubjectKey of(Subject subject) {
    ByteBuffer hidden = ByteBuffer.wrap(master.hidden(subject));
    SubjectKey known = unwrapped.get(hidden);
    if (known != null) {
      return known;
    }
    Integer place = places.get(hidden);
    SubjectKey key = place == null ? made(hidden) : unwrapped(file.get(place));
    unwrapped.put(hidden, key);
    if (unwrapped.size() > UNWRAPPED_MAX) {
      unwrapped.remove(unwrapped.keySet().iterator().next());
    }
    return key;
  }

  private SubjectKey made(ByteBuffer hidden) {
    byte[] name = new byte[KeySlot.NAME_LENGTH];
    byte[] key = new byte[MasterKey.KEY_LENGTH];
    random.nextBytes(name);
    random.nextBytes(key);
    KeySlot slot =
        new KeySlot(
            KeySlot.State.KEY,
            name,
            hidden.array(),
            master.wrap(key, context(name, hidden.array()), random),
            file.durable());
    places.put(hidden, file.append(slot));
    isWritten = true;
    return new SubjectKey(name, key);
  }

  private SubjectKey unwrapped(KeySlot slot) {
    return new SubjectKey(
        slot.name(), master.unwrap(slot.wrapped(), context(slot.name(), slot.subject())));
  }

  /** A wrapped key opens in its own slot alone. */
  private static byte[] context(byte[] name, byte[] subject) {
    return ByteBuffer.allocate(name.length + subject.length).put(name).put(subject).array();
  }

  /** Makes every key durable that was made before. */
  public synchronized void keep() {
    if (isWritten) {
      file.sync();
      isWritten = false;
    }
  }

  /** What to put on record when the subject is erased; empty when it has no key. */
  public synchronized Optional<ErasedSubject> find(Subject subject) {
    byte[] hidden = master.hidden(subject);
    return Optional.ofNullable(places.get(ByteBuffer.wrap(hidden)))
        .map(file::get)
        .map(
            slot ->
                new ErasedSubject(
                    HexFormat.of().formatHex(hidden),
                    Base64.getUrlEncoder().encodeToString(slot.name())));
  }

  /**
   * Destroys a key for good: when this returns it is nowhere but in copies of the file that others
   * made. Doing it again does nothing.
   */
  public synchronized void erase(ErasedSubject subject) {
    ByteBuffer hidden = ByteBuffer.wrap(HexFormat.of().parseHex(subject.hidden()));
    Integer place = places.get(hidden);
    if (place == null) {
      return;
    }
    KeySlot slot = file.get(place);
    if (!Base64.getUrlEncoder().encodeToString(slot.name()).equals(subject.key())) {
      return; // it has another one since
    }
    destroy(place);
    places.remove(hidden);
    unwrapped.remove(hidden);
  }

  private void destroy(int place) {
    KeySlot slot = file.get(place);
    file.overwrite(place, slot.erased());
    file.sync();
    erased.add(Base64.getUrlEncoder().encodeToString(slot.name()));
    erasures.add(place);
  }

  /** How many keys were ever destroyed. */
  public synchronized int erased() {
    return erasures.size();
  }

  /** Where they were, as they became known. */
  synchronized List<Integer> erasures() {
    return List.copyOf(erasures);
  }

  /** How many slots are durable. */
  synchronized int durable() {
    return file.durable();
  }

  /** The durable slots from a place on. */
  synchronized List<KeySlot> slots(int from, int countMax) {
    int end = Math.min(file.durable(), from + countMax);
    return IntStream.range(from, end).mapToObj(file::get).toList();
  }

  /** Whether the key is destroyed that a token was made with. */
  public synchronized boolean isErased(String token) {
    return token.length() >= SubjectKey.NAME_CHARACTERS
        && erased.contains(token.substring(0, SubjectKey.NAME_CHARACTERS));
  }

  @Override
  public synchronized void close() {
    file.close();
  }
}
