package dev.overseer.store.index;

import dev.overseer.model.AsOf;
import dev.overseer.model.RecordKey;
import java.util.List;
import java.util.SortedMap;

/**
 * Sums and counts of records as of any time, without a look at the records. What a reading takes
 * does not depend on how many records a bucket has, nor on how many updates they had. Safe for many
 * threads.
 */
public interface Totals {

  /** What the bucket comes to as of then, for each of its parts that is not nothing. */
  SortedMap<String, RunningTotal> read(Bucket bucket, AsOf asOf);

  /**
   * The last updates that changed what the bucket comes to, in source order, at most {@code max}.
   */
  List<TotalledUpdate> lastUpdates(Bucket bucket, AsOf asOf, int max);

  /** Roots that ever said of themselves that they see this bucket. */
  List<RecordKey> seekers(Bucket bucket);

  /** An update of a record that changed a total. */
  record TotalledUpdate(RecordKey record, IndexedUpdate update) {}
}
