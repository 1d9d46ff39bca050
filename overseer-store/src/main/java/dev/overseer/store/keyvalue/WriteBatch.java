package dev.overseer.store.keyvalue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes that an {@link OrderedStore} applies all at once. A later change of a key in the batch
 * replaces an earlier one. Arrays handed over must not be changed afterwards. Belongs to one
 * thread; may be written once.
 */
public final class WriteBatch {
  private final List<Write> writes = new ArrayList<>();

  /** One change: an empty value removes the key. */
  record Write(Space space, byte[] key, Optional<byte[]> value) {}

  public WriteBatch put(Space space, byte[] key, byte[] value) {
    writes.add(new Write(space, key, Optional.of(value)));
    return this;
  }

  /** Removing a key that is not there changes nothing. */
  public WriteBatch delete(Space space, byte[] key) {
    writes.add(new Write(space, key, Optional.empty()));
    return this;
  }

  public boolean isEmpty() {
    return writes.isEmpty();
  }

  public int size() {
    return writes.size();
  }

  List<Write> writes() {
    return writes;
  }
}
