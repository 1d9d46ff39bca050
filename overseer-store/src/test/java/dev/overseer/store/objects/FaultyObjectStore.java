package dev.overseer.store.objects;

import dev.overseer.model.Unavailable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Makes of a store one that fails like those of this world, by a seed, never too often in a row.
 */
public final class FaultyObjectStore implements ObjectStore {
  private static final int IN_A_ROW_MAX = 4;

  private final ObjectStore store;
  private final Random dice;
  private final Map<Fault, Integer> injected = new EnumMap<>(Fault.class);
  private int inARow;

  /** What may happen to one call. */
  public enum Fault {
    TIMED_OUT,
    INTERNAL_ERROR,
    SLOW_DOWN,
    LOST_REPLY,
    TRUNCATED
  }

  public FaultyObjectStore(ObjectStore store, long seed) {
    this.store = store;
    this.dice = new Random(seed);
  }

  /** How often each fault has happened. */
  public synchronized Map<Fault, Integer> injected() {
    return Map.copyOf(injected);
  }

  @Override
  public PutResult put(ObjectKey key, ObjectContent content) {
    return call(() -> store.put(key, content));
  }

  @Override
  public Optional<ObjectSlice> find(ObjectKey key, long position, int lengthMax) {
    Optional<ObjectSlice> found = call(() -> store.find(key, position, lengthMax));
    return found.map(this::maybeTruncated);
  }

  private synchronized ObjectSlice maybeTruncated(ObjectSlice slice) {
    if (slice.bytes().length == 0 || inARow == IN_A_ROW_MAX || dice.nextInt(5) > 0) {
      return slice;
    }
    happened(Fault.TRUNCATED);
    byte[] part = Arrays.copyOf(slice.bytes(), dice.nextInt(slice.bytes().length));
    return new ObjectSlice(part, slice.objectLength());
  }

  @Override
  public List<StoredObject> list(String prefix, Optional<ObjectKey> after) {
    return call(() -> store.list(prefix, after));
  }

  @Override
  public void blank(ObjectKey key) {
    call(
        () -> {
          store.blank(key);
          return key;
        });
  }

  @Override
  public void delete(ObjectKey key) {
    call(
        () -> {
          store.delete(key);
          return key;
        });
  }

  private <T> T call(Supplier<T> call) {
    Optional<Fault> fault = throwDice();
    if (fault.isEmpty()) {
      return call.get();
    }
    String lost = fault.get() == Fault.LOST_REPLY ? " of " + call.get() : "";
    throw new Unavailable("Injected: " + fault.get() + lost);
  }

  private synchronized Optional<Fault> throwDice() {
    int face = dice.nextInt(12);
    if (inARow == IN_A_ROW_MAX || face >= Fault.TRUNCATED.ordinal()) {
      inARow = 0;
      return Optional.empty();
    }
    Fault fault = Fault.values()[face];
    happened(fault);
    return Optional.of(fault);
  }

  private void happened(Fault fault) {
    inARow++;
    injected.merge(fault, 1, Integer::sum);
  }

  @Override
  public void close() {
    store.close();
  }
}
