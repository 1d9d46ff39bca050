package dev.overseer.store.keyvalue;

/**
 * What of an {@link OrderedStore} survives. In either case it comes back as it was after some whole
 * batch, in all its spaces alike, and nothing before that batch is missing.
 */
public enum Durability {
  /**
   * A process that dies loses what was written since the last flush. Cheapest: for what is rebuilt
   * from a log, which then must be read again from there.
   */
  FLUSHED,
  /**
   * What was written survives the death of the process at once, and that of the machine up to a few
   * of the last batches.
   */
  WRITTEN,
  /** What was written survives the death of the machine at once: each write waits for the disk. */
  SYNCED
}
