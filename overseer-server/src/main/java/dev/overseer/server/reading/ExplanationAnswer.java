package dev.overseer.server.reading;

import java.util.List;

/**
 * A view, and how it came to be.
 *
 * @param links the references that led to the members, those of members that led on first
 */
public record ExplanationAnswer(ViewAnswer reading, List<LinkReading> links) {
  public ExplanationAnswer {
    links = List.copyOf(links);
  }

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
