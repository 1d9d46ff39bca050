package dev.overseer.store.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives the same object for the same text again, for names that occur in every record: decoding one
 * then allocates nothing. It forgets a name when another takes its place, so its memory is bounded.
 *
 * <p>Safe for many threads without a lock: entries are immutable, and a lost one is made again.
 */
final class Interned<T> {
  private static final int SLOTS = 256;
  private static final int LENGTH_MAX = 256;

  /** Names that end alike may share a slot, and then take turns in it. */
  private static final int TOLD_APART_BY = 8;

  @SuppressWarnings("unchecked")
  private final @Nullable Entry<T>[] entries = (Entry<T>[]) new Entry<?>[SLOTS];

  private final Function<String, T> make;

  Interned(Function<String, T> make) {
    this.make = make;
  }

  private record Entry<T>(byte[] utf8, T value) {}

  T of(byte[] bytes, int from, int length) {
    if (length > LENGTH_MAX) {
      return make.apply(new String(bytes, from, length, UTF_8));
    }
    int slot = slot(bytes, from, length);
    Entry<T> known = entries[slot];
    if (known != null
        && Arrays.equals(known.utf8, 0, known.utf8.length, bytes, from, from + length)) {
      return known.value;
    }
    byte[] utf8 = Arrays.copyOfRange(bytes, from, from + length);
    Entry<T> entry = new Entry<>(utf8, make.apply(new String(utf8, UTF_8)));
    entries[slot] = entry;
    return entry.value;
  }

  private static int slot(byte[] bytes, int from, int length) {
    int hash = length;
    for (int i = from + Math.max(0, length - TOLD_APART_BY); i < from + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (SLOTS - 1);
  }
}
