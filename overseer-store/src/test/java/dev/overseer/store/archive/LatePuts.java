package dev.overseer.store.archive;

import dev.overseer.model.Unavailable;
import dev.overseer.store.log.SealedSegment;
import dev.overseer.store.objects.ObjectContent;
import dev.overseer.store.objects.ObjectKey;
import dev.overseer.store.objects.ObjectSlice;
import dev.overseer.store.objects.ObjectStore;
import dev.overseer.store.objects.PutResult;
import dev.overseer.store.objects.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A store at which what a lost machine had sent arrives before some later call. */
final class LatePuts implements ObjectStore {
  private final ObjectStore store;
  private final SplittableRandom dice;
  private @Nullable Runnable underway;

  LatePuts(ObjectStore store, SplittableRandom dice) {
    this.store = store;
    this.dice = dice;
  }

  /** Half of what was to be sent was on its way. */
  void delay(Optional<SealedSegment> next) {
    if (next.filter(it -> Files.exists(it.file())).isPresent() && dice.nextBoolean()) {
      SealedSegment segment = next.get();
      ObjectKey key = new ObjectKey("test/" + segment.file().getFileName());
      ObjectContent content = new ObjectContent.OfBytes(bytes(segment));
      underway = () -> store.put(key, content);
    }
  }

  private static byte[] bytes(SealedSegment segment) {
    try {
      return Files.readAllBytes(segment.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ObjectStore later() {
    Runnable late = underway;
    if (late != null && dice.nextInt(3) == 0) {
      underway = null;
      try {
        late.run();
      } catch (Unavailable _) {
        // It may get lost on its way, too.
      }
    }
    return store;
  }

  @Override
  public PutResult put(ObjectKey key, ObjectContent content) {
    return later().put(key, content);
  }

  @Override
  public Optional<ObjectSlice> find(ObjectKey key, long position, int lengthMax) {
    return later().find(key, position, lengthMax);
  }

  @Override
  public List<StoredObject> list(String prefix, Optional<ObjectKey> after) {
    return later().list(prefix, after);
  }

  @Override
  public void blank(ObjectKey key) {
    later().blank(key);
  }

  @Override
  public void delete(ObjectKey key) {
    later().delete(key);
  }

  @Override
  public void close() {
    store.close();
  }
}
