package dev.overseer.store.keys;

import dev.overseer.model.InvalidRequest;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** How far the archive's pages of keys go, and whether they are those of a file. */
final class ArchivedKeys {
  private final KeyPages pages;
  private final int local;
  private KeyPages.@Nullable Page last;
  private KeyPages.@Nullable Page common;

  private ArchivedKeys(KeyPages pages, int local) {
    this.pages = pages;
    this.local = local;
  }

  /**
   * Asks the archive.
   *
   * @param local how many slots the file has
   */
  static ArchivedKeys of(KeyPages pages, int local) {
    ArchivedKeys archived = new ArchivedKeys(pages, local);
    pages.forEach(archived::add);
    return archived;
  }

  private void add(KeyPages.Page page) {
    last = page;
    if (page.slots() > 0 && page.first() < local) {
      common = page;
    }
  }

  /** What may be claimed: the page after the last one. */
  KeyClaim end() {
    KeyPages.Page page = last;
    return page == null ? new KeyClaim(0, 0) : new KeyClaim(page.number() + 1, page.end());
  }

  /**
   * Two files that differ anywhere differ from there on, so the last key that both have tells.
   *
   * @param file gives the slot at a place
   * @throws InvalidRequest when the archive has others than the file
   */
  void requireSame(IntFunction<KeySlot> file) {
    KeyPages.Page page = common;
    if (page != null) {
      List<KeySlot> theirs = pages.read(page.number(), page.generation());
      int place = Math.min(local, page.end()) - 1;
      requireSame(theirs.get(place - page.first()), file.apply(place));
    }
  }

  static void requireSame(KeySlot theirs, KeySlot ours) {
    if (!Arrays.equals(theirs.name(), ours.name())) {
      throw continuedWithout();
    }
  }

  static InvalidRequest continuedWithout() {
    return new InvalidRequest(
        "The archive's keys of subjects were continued without those of this disk: another process"
            + " has written them. To go on from the archive, move the data directory away, and keep"
            + " it until you know that nothing in it is missed");
  }
}
