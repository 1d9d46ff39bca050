package dev.overseer.store.keys;

/**
 * Whose the next page of keys in the archive is: a process that finds it taken by another has been
 * replaced, and must stop.
 *
 * @param next the number of that page
 * @param archived how many slots are in the pages before it
 */
public record KeyClaim(long next, int archived) {

  /** The claim to the page after, when this one is taken by so many slots. */
  KeyClaim taken(int slots) {
    return new KeyClaim(next + 1, archived + slots);
  }
}
