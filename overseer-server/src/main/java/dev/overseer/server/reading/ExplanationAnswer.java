package dev.overseer.server.reading;

import java.util.List;

/**
 * A view, and how it came to be.
 *
 * @param links the references that led to the members, those of members that led on first
 * @param candidates records that a reference of some other time proposes, and that are not members
 * @param moreCandidates whether there are more of them
 */
public record ExplanationAnswer(
    ViewAnswer reading,
    List<LinkReading> links,
    List<CandidateReading> candidates,
    boolean moreCandidates) {
  public ExplanationAnswer {
    links = List.copyOf(links);
    candidates = List.copyOf(candidates);
  }

  /**
   * Why a record is not a member.
   *
   * @param because {@code moved-away}, {@code deleted}, {@code never-seen} or {@code later}
   * @param detail the same, for people
   */
  public record CandidateReading(
      String alias, String record, String parent, String because, String detail) {}

  /**
   * Why a record is a member.
   *
   * @param alias under which it is
   * @param reference the reference's name
   * @param holder which of member and parent has the reference
   * @param columns of the holder that hold the other one's key
   * @param updates the log offsets of the changes that sent these columns
   */
  public record LinkReading(
      String alias,
      String member,
      String parent,
      String reference,
      String holder,
      List<String> columns,
      List<Long> updates) {
    public LinkReading {
      columns = List.copyOf(columns);
      updates = List.copyOf(updates);
    }
  }
}
