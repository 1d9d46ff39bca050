package dev.overseer.views;

import dev.overseer.model.RecordKey;

/**
 * A record that a reference of some time made a candidate, and that is not a member at the cut.
 *
 * @param alias under which it would be one
 * @param parent the root or the member that the reference leads to or comes from
 * @param because what keeps it out
 * @param detail the same, for people
 */
public record NonMember(
    String alias, RecordKey record, RecordKey parent, Because because, String detail) {

  /** What keeps a candidate out of a view. */
  public enum Because {
    /** The reference points elsewhere, or nowhere, by then. */
    MOVED_AWAY,
    /** The record was removed by then. */
    DELETED,
    /** A reference points there, and nothing of the record was ever stored. */
    NEVER_SEEN,
    /** The record, or the reference, is known from later on only. */
    LATER
  }
}
