package dev.overseer.store.objects;

import dev.overseer.model.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** An {@link ObjectStore} in memory, for simulations and tests. */
public final class MemoryObjectStore implements ObjectStore {
  private final NavigableMap<ObjectKey, byte[]> objects = new ConcurrentSkipListMap<>();

  @Override
  public PutResult put(ObjectKey key, ObjectContent content) {
    byte[] bytes = bytes(content);
    byte[] before = objects.putIfAbsent(key, bytes);
    return before == null || Arrays.equals(before, bytes) ? PutResult.STORED : PutResult.TAKEN;
  }

  private static byte[] bytes(ObjectContent content) {
    try (InputStream in = content.open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new Unavailable("A content cannot be read", e);
    }
  }

  @Override
  public Optional<ObjectSlice> find(ObjectKey key, long position, int lengthMax) {
    byte[] bytes = objects.get(key);
    if (bytes == null) {
      return Optional.empty();
    }
    int from = (int) Math.min(position, bytes.length);
    int to = (int) Math.min((long) from + lengthMax, bytes.length);
    return Optional.of(new ObjectSlice(Arrays.copyOfRange(bytes, from, to), bytes.length));
  }

  @Override
  public List<StoredObject> list(String prefix, Optional<ObjectKey> after) {
    NavigableMap<ObjectKey, byte[]> rest =
        after.map(key -> objects.tailMap(key, false)).orElse(objects);
    return rest.entrySet().stream()
        .filter(object -> object.getKey().value().startsWith(prefix))
        .limit(LISTED_MAX)
        .map(object -> new StoredObject(object.getKey(), object.getValue().length))
        .toList();
  }

  @Override
  public void blank(ObjectKey key) {
    objects.put(key, new byte[0]);
  }

  @Override
  public void delete(ObjectKey key) {
    objects.remove(key);
  }

  @Override
  public void close() {
    // Whoever opens it again in this process finds everything: memory stands for what is durable.
  }
}
