package dev.overseer.store.keys;

import dev.overseer.model.Unavailable;
import dev.overseer.store.objects.ObjectContent;
import dev.overseer.store.objects.ObjectKey;
import dev.overseer.store.objects.ObjectSlice;
import dev.overseer.store.objects.ObjectStore;
import dev.overseer.store.objects.PutResult;
import dev.overseer.store.objects.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A store that lets some writes wait: who sent one is told of a failure, and later it arrives. */
final class StrayPuts implements ObjectStore {
  private final ObjectStore store;
  private final SplittableRandom dice;
  private final List<Runnable> astray = new ArrayList<>();

  StrayPuts(ObjectStore store, SplittableRandom dice) {
    this.store = store;
    this.dice = dice;
  }

  @Override
  public PutResult put(ObjectKey key, ObjectContent content) {
    arrive();
    ObjectContent kept = new ObjectContent.OfBytes(Contents.of(content));
    strayOrNot(() -> store.put(key, kept));
    return store.put(key, content);
  }

  @Override
  public void blank(ObjectKey key) {
    arrive();
    strayOrNot(() -> store.blank(key));
    store.blank(key);
  }

  private void strayOrNot(Runnable write) {
    if (dice.nextInt(20) == 0) {
      astray.add(write);
      throw new Unavailable("Injected: it is on its way");
    }
  }

  private void arrive() {
    if (!astray.isEmpty() && dice.nextInt(4) == 0) {
      Runnable late = astray.remove(dice.nextInt(astray.size()));
      try {
        late.run();
      } catch (Unavailable _) {
        // It may get lost on its way, too.
      }
    }
  }

  @Override
  public Optional<ObjectSlice> find(ObjectKey key, long position, int lengthMax) {
    arrive();
    return store.find(key, position, lengthMax);
  }

  @Override
  public List<StoredObject> list(String prefix, Optional<ObjectKey> after) {
    arrive();
    return store.list(prefix, after);
  }

  @Override
  public void delete(ObjectKey key) {
    store.delete(key);
  }

  @Override
  public void close() {
    store.close();
  }
}
