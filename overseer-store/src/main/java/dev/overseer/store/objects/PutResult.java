package dev.overseer.store.objects;

/** What became of a put. */
public enum PutResult {
  /** The key now holds this content: by this put, or by one before that was the same. */
  STORED,
  /** The key holds something else, and goes on holding it: someone else was first. */
  TAKEN
}
