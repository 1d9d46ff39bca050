package dev.overseer.checks;

/** What a failing or passing provisional verdict of a check does. A complete one always follows. */
public enum Provisional {
  /** It is put on record. */
  TOLD,
  /** It opens and resolves violations, as the complete one would. */
  COUNTED
}
