package dev.overseer.model;

/**
 * What is done with a column's values before anything of them is stored. Nulls stay nulls, and what
 * a source did not send stays unsent.
 */
public sealed interface Treatment {

  /** The column is not there: neither in schemas nor in rows. */
  record Drop() implements Treatment {}

  /** Each value becomes a keyed hash of its text: equal texts are equal wherever they come from. */
  record Hash() implements Treatment {}

  /**
   * Each value is encrypted under the key of the subject that its row is about, so that all of a
   * subject's values can be made unreadable at once. Equal texts of one subject are equal.
   *
   * @param subject the column of the same row that names the subject, by its text before any
   *     treatment
   * @param kind what the names mean: subjects of different kinds never share a key
   */
  record Encrypt(String subject, String kind) implements Treatment {
    public Encrypt {
      Names.require("column", subject);
      Names.require("subject kind", kind);
    }
  }
}
