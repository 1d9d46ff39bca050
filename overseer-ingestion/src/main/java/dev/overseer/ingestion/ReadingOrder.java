package dev.overseer.ingestion;

import dev.overseer.model.TableName;
import java.util.List;

/**
 * Which rows are to be read next: chunk after chunk of a table, or some rows of it once more.
 *
 * @param number orders that are newer have a higher one, and void those before
 * @param watch since when changes are watched without a break: of a new watch, nothing may be read
 *     before the transactions have ended that had begun when it began
 * @param next where the first chunk begins
 * @param again the keys of the rows to be read, instead of chunks; empty for chunks
 */
public record ReadingOrder(
    long number, long watch, TableName table, List<String> next, List<List<String>> again) {

  /** The same for the chunks from {@code from} on. */
  ReadingOrder from(List<String> from) {
    return new ReadingOrder(number, watch, table, from, again);
  }
}
