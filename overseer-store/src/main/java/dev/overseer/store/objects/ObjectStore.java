package dev.overseer.store.objects;

import java.util.List;
import java.util.Optional;

/**
 * Objects under keys, written once, and perhaps blanked or deleted later. Safe for many threads and
 * many processes: of those that put different contents under one key, exactly one wins, and
 * everyone is told who.
 *
 * <p>Every method throws {@link dev.overseer.model.Unavailable} when the store does not answer or
 * refuses for now. A put that ended so may have happened all the same; put the same again to know.
 */
public interface ObjectStore extends AutoCloseable {
  /** How many objects a listing shows at once, at most. */
  int LISTED_MAX = 1000;

  /**
   * Stores an object where there is none. It is durable and visible to everyone, also in listings,
   * when this returns, and is never visible in part.
   */
  PutResult put(ObjectKey key, ObjectContent content);

  /**
   * Reads a part of an object: fewer bytes than asked for only where the object ends, none behind
   * its end.
   *
   * @return empty when there is no such object
   */
  Optional<ObjectSlice> find(ObjectKey key, long position, int lengthMax);

  /**
   * The first objects, in the order of their keys, whose keys begin with {@code prefix} and come
   * after {@code after}: at most {@link #LISTED_MAX}, and fewer only if there are no more.
   */
  List<StoredObject> list(String prefix, Optional<ObjectKey> after);

  /**
   * Leaves nothing of an object but its key, which nobody can put anything else under any more; a
   * key that was free is taken so, too. Doing it again changes nothing, however late.
   */
  void blank(ObjectKey key);

  /** Removes an object, or does nothing when there is none. Its key may be used again. */
  void delete(ObjectKey key);

  @Override
  void close();
}
