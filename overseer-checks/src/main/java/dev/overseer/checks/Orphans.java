package dev.overseer.checks;

/** What becomes of members whose root was never seen. */
public enum Orphans {
  /** They fail, with the reason {@code root-missing}. */
  FAIL,
  /** They are not applicable. */
  IGNORE
}
