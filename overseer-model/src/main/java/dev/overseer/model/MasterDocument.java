package dev.overseer.model;

import java.util.List;

/**
 * The references ever seen in a record's updates, in both directions. It proposes members; whether
 * one is a member at a cut is decided by the folded states at that cut.
 *
 * @param outbound references that this record's updates carried
 * @param inbound records whose updates carried a reference to this one
 */
public record MasterDocument(RecordKey record, List<Reference> outbound, List<Inbound> inbound) {
  public MasterDocument {
    outbound = List.copyOf(outbound);
    inbound = List.copyOf(inbound);
  }

  /** {@code referrer} carried the reference {@code name} to the document's record. */
  public record Inbound(ReferenceName name, RecordKey referrer) {}
}
