package dev.overseer.store.keys;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Unavailable;
import dev.overseer.store.objects.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes the keys of subjects to the archive, wrapped as they are in their file, and those that were
 * destroyed out of it. Safe for many threads; a call may wait for the archive, and for another.
 */
public final class KeyArchive {
  private final SubjectKeys keys;
  private final KeyPages pages;
  private @Nullable KeyClaim claim;
  private volatile int archived;
  private volatile int settled;

  /**
   * @param claim empty where the archive was out of reach at the start: it is made later
   */
  public KeyArchive(
      ObjectStore store,
      MasterKey master,
      SubjectKeys keys,
      Optional<KeyClaim> claim,
      RandomGenerator random) {
    this.keys = keys;
    this.pages = new KeyPages(store, master.check(), random);
    this.claim = claim.orElse(null);
    this.archived = claim.map(KeyClaim::archived).orElse(0);
  }

  /** How many durable keys the archive does not hold. */
  public int unarchived() {
    return keys.durable() - archived;
  }

  /** Of how many of {@link SubjectKeys#erased} the archive holds no key, in any object. */
  public int settled() {
    return settled;
  }

  /**
   * Brings every durable key to the archive, many with each put.
   *
   * @throws InvalidRequest when another process writes them, and this one must not go on
   * @throws Unavailable as {@link ObjectStore} does
   */
  public synchronized void ship() {
    if (archived == keys.durable()) {
      return;
    }
    KeyClaim at = claimed();
    while (at.archived() < keys.durable()) {
      List<KeySlot> slots = keys.slots(at.archived(), KeyPages.SLOTS_MAX);
      at = take(at.taken(pages.put(at.next(), 0, slots) ? slots.size() : stored(at)));
    }
  }

  private KeyClaim claimed() {
    return claim == null ? claim() : claim;
  }

  private KeyClaim claim() {
    ArchivedKeys there = ArchivedKeys.of(pages, keys.durable());
    there.requireSame(place -> keys.slots(place, 1).getFirst());
    if (there.end().archived() > keys.durable()) {
      throw ArchivedKeys.continuedWithout();
    }
    if (!pages.put(there.end().next(), 0, List.of())) {
      throw new Unavailable("The next page of keys was taken meanwhile, and is looked at again");
    }
    return take(there.end().taken(0));
  }

  private KeyClaim take(KeyClaim next) {
    claim = next;
    archived = next.archived();
    return next;
  }

  /** A put that was believed lost has arrived: how many of our slots it brought. */
  private int stored(KeyClaim at) {
    List<KeySlot> stored = pages.read(at.next(), 0);
    List<KeySlot> ours = keys.slots(at.archived(), stored.size());
    if (stored.isEmpty() || stored.size() > ours.size()) {
      throw ArchivedKeys.continuedWithout();
    }
    for (int i = 0; i < stored.size(); i++) {
      ArchivedKeys.requireSame(stored.get(i), ours.get(i));
    }
    return stored.size();
  }

  /**
   * Takes the first so many of the keys that were destroyed out of the archive. Until it returns
   * normally some may be there still; doing it again takes up where it ended.
   */
  public synchronized void settle(int erasures) {
    if (erasures > settled) {
      ship(); // a put may be on its way that holds one of them
      NavigableSet<Integer> due = new TreeSet<>(keys.erasures().subList(settled, erasures));
      pages.forEach(
          page ->
              settle(
                  page, due.subSet(page.first(), true, Math.max(page.first(), page.end()), false)));
      settled = erasures;
    }
  }

  private void settle(KeyPages.Page page, NavigableSet<Integer> due) {
    if (!due.isEmpty()) {
      List<KeySlot> slots = new ArrayList<>(pages.read(page.number(), page.generation()));
      boolean isDue = false;
      for (int place : due) {
        KeySlot slot = slots.get(place - page.first());
        ArchivedKeys.requireSame(slot, keys.slots(place, 1).getFirst());
        isDue |= slot.state() == KeySlot.State.KEY;
        slots.set(place - page.first(), slot.erased());
      }
      if (isDue) {
        replace(page, slots);
      }
    }
    page.outdated().forEach(generation -> pages.blank(page.number(), generation));
  }

  private void replace(KeyPages.Page page, List<KeySlot> slots) {
    if (!pages.put(page.number(), page.generation() + 1, slots)) {
      throw new Unavailable("A page of keys was replaced meanwhile, and is looked at again");
    }
    pages.blank(page.number(), page.generation());
  }
}
