package dev.overseer.store.archive;

import dev.overseer.model.LogOffset;
import dev.overseer.model.Stage;
import dev.overseer.store.keys.ErasedSubject;
import dev.overseer.store.keys.KeyArchive;
import dev.overseer.store.keys.SubjectKeys;
import dev.overseer.store.log.AppendLog;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Destroys keys of subjects once what the journal says of it is safe: first on the disk, then in
 * the archive. After a start it looks in the archive for every key that was ever destroyed. {@link
 * #add} and {@link #isDone} are for any thread.
 */
public final class Erasing implements Stage {
  private final SubjectKeys keys;
  private final Optional<KeyArchive> archive;
  private final AppendLog<?> journal;
  private final Attempts attempts;
  private final InstantSource clock;
  private final Queue<Told> told = new ConcurrentLinkedQueue<>();
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private Optional<Destroyed> destroyed = Optional.empty();

  /** What the journal tells of before this offset. */
  private record Told(ErasedSubject subject, LogOffset before) {}

  /** So many on the disk, of which somebody waits for these; the journal tells of them all. */
  private record Destroyed(int erasures, List<String> awaited, LogOffset told) {}

  /**
   * @param archive absent where there is none
   */
  public Erasing(
      SubjectKeys keys,
      Optional<KeyArchive> archive,
      AppendLog<?> journal,
      ArchiveWatch watch,
      InstantSource clock) {
    this.keys = keys;
    this.archive = archive;
    this.journal = journal;
    this.attempts = new Attempts("keys", watch);
    this.clock = clock;
  }

  /**
   * To be destroyed.
   *
   * @param before the journal says so before this offset
   */
  public void add(ErasedSubject subject, LogOffset before) {
    underWay.add(subject.key());
    told.add(new Told(subject, before));
  }

  /** Whether the key of a subject that was added is nowhere any more. */
  public boolean isDone(ErasedSubject subject) {
    return !underWay.contains(subject.key());
  }

  @Override
  public boolean step() {
    return destroy() | archive.map(this::follow).orElse(false);
  }

  private boolean destroy() {
    Told next = told.peek();
    if (next == null || !isSafe(next.before())) {
      return false;
    }
    keys.erase(next.subject());
    told.remove();
    if (archive.isEmpty()) {
      underWay.remove(next.subject().key());
    }
    return true;
  }

  private boolean follow(KeyArchive there) {
    if (destroyed.isEmpty() && keys.erased() > there.settled()) {
      List<String> awaited = underWay.stream().filter(keys::isErased).toList();
      destroyed = Optional.of(new Destroyed(keys.erased(), awaited, journal.end()));
    }
    return destroyed.filter(it -> isSafe(it.told())).isPresent()
        && attempts.attempt(() -> settle(there, destroyed.get()), clock.instant());
  }

  private boolean settle(KeyArchive there, Destroyed due) {
    there.settle(due.erasures());
    due.awaited().forEach(underWay::remove);
    destroyed = Optional.empty();
    return true;
  }

  private boolean isSafe(LogOffset before) {
    return journal.safe().compareTo(before) >= 0;
  }
}
