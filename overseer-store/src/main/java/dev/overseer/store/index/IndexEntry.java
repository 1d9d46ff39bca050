package dev.overseer.store.index;

import dev.overseer.model.LogOffset;
import dev.overseer.model.RecordKey;
import dev.overseer.model.Reference;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import java.math.BigDecimal;
import java.util.List;

/** One thing that a change adds to the index. Adding the same again changes nothing. */
public sealed interface IndexEntry {

  /**
   * The record has this update.
   *
   * @param references those that the update carried
   */
  record OfRecord(RecordKey record, IndexedUpdate update, List<Reference> references)
      implements IndexEntry {
    public OfRecord {
      references = List.copyOf(references);
    }
  }

  /** Updates of the source were disowned. */
  record OfSource(Disowning disowning) implements IndexEntry {}

  /** The table was emptied by this update. */
  record OfTable(SourceName source, TableName table, IndexedUpdate update) implements IndexEntry {}

  /** A source's positions belong to another incarnation from the record at this offset on. */
  record OfEra(SourceName source, LogOffset begins) implements IndexEntry {}

  /** The last commit of the source so far in its stretch of the log. */
  record OfMilestone(SourceName source, LogOffset commit) implements IndexEntry {}

  /**
   * The update of the record changed what a part of a bucket comes to.
   *
   * @param part the name of the part: a currency, mostly
   * @param count by how many more records there are in it
   * @param untold by how many more there are of which it cannot be told what they add
   */
  record OfTotal(
      Bucket bucket,
      String part,
      BigDecimal sum,
      long count,
      long untold,
      RecordKey record,
      IndexedUpdate update)
      implements IndexEntry {}

  /** The root saw this bucket after some update. */
  record OfSeeker(Bucket bucket, RecordKey root) implements IndexEntry {}
}
