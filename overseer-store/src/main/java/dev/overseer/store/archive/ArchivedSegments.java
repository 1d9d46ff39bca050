package dev.overseer.store.archive;

import dev.overseer.model.LogOffset;
import dev.overseer.store.log.SegmentNames;
import dev.overseer.store.objects.ObjectKey;
import dev.overseer.store.objects.ObjectStore;
import dev.overseer.store.objects.StoredObject;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The segments of an archive, in order, listed a page at a time. Of those whose older generations
 * are not deleted yet, the newest.
 */
final class ArchivedSegments implements Iterator<ArchivedSegment> {
  private final ObjectStore store;
  private final String prefix;
  private final Deque<ArchivedSegment> listed = new ArrayDeque<>();
  private Optional<ObjectKey> after;
  private boolean isLastPage;

  ArchivedSegments(ObjectStore store, String name, LogOffset first) {
    this.store = store;
    this.prefix = name + "/";
    this.after = Optional.of(new ObjectKey(prefix + SegmentNames.before(first)));
  }

  @Override
  public boolean hasNext() {
    // Other generations of the last one may be on the next page.
    while (listed.size() < 2 && !isLastPage) {
      listPage();
    }
    return !listed.isEmpty();
  }

  private void listPage() {
    List<StoredObject> page = store.list(prefix, after);
    page.stream().map(ArchivedSegments::segment).forEach(this::add);
    isLastPage = page.size() < ObjectStore.LISTED_MAX;
    after = page.isEmpty() ? after : Optional.of(page.getLast().key());
  }

  private void add(ArchivedSegment segment) {
    ArchivedSegment last = listed.peekLast();
    if (last == null || !last.first().equals(segment.first())) {
      listed.addLast(segment);
    } else if (segment.generation() > last.generation()) {
      listed.removeLast();
      listed.addLast(segment);
    }
  }

  private static ArchivedSegment segment(StoredObject object) {
    String key = object.key().value();
    return new ArchivedSegment(
        object.key(),
        new LogOffset(SegmentNames.firstOf(Path.of(key))),
        SegmentNames.generationOf(key),
        object.length());
  }

  @Override
  public ArchivedSegment next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return listed.removeFirst();
  }
}
