package dev.overseer.store.objects;

import dev.overseer.model.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks another store again while it is unavailable. A put whose reply was lost is simply put again:
 * what the first had stored is then found to be the same. Answers that came in part only are asked
 * for again, too.
 */
public final class RetryingObjectStore implements ObjectStore {
  private final ObjectStore store;
  private final Retries retries;
  private final Consumer<Duration> pause;

  /**
   * @param pause waits for so long
   */
  public RetryingObjectStore(ObjectStore store, Retries retries, Consumer<Duration> pause) {
    this.store = store;
    this.retries = retries;
    this.pause = pause;
  }

  @Override
  public PutResult put(ObjectKey key, ObjectContent content) {
    return retrying(() -> store.put(key, content));
  }

  @Override
  public Optional<ObjectSlice> find(ObjectKey key, long position, int lengthMax) {
    return retrying(
        () -> {
          Optional<ObjectSlice> found = store.find(key, position, lengthMax);
          found.ifPresent(slice -> requireWhole(slice, key, position, lengthMax));
          return found;
        });
  }

  private static void requireWhole(ObjectSlice slice, ObjectKey key, long position, int lengthMax) {
    long due = Math.clamp(slice.objectLength() - position, 0, lengthMax);
    if (slice.bytes().length != due) {
      throw new Unavailable(
          "Of %s came %d bytes where %d are due".formatted(key, slice.bytes().length, due));
    }
  }

  @Override
  public List<StoredObject> list(String prefix, Optional<ObjectKey> after) {
    return retrying(() -> store.list(prefix, after));
  }

  @Override
  public void blank(ObjectKey key) {
    retrying(
        () -> {
          store.blank(key);
          return key;
        });
  }

  @Override
  public void delete(ObjectKey key) {
    retrying(
        () -> {
          store.delete(key);
          return key;
        });
  }

  private <T> T retrying(Supplier<T> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (Unavailable e) {
        if (attempt == retries.attemptsMax()) {
          throw e;
        }
        pause.accept(retries.pauseAfter(attempt));
      }
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
