package dev.overseer.ingestion;

import dev.overseer.model.SourcePosition;
import java.util.List;
import java.util.Optional;

/**
 * Neighbouring rows of a table, read at one moment.
 *
 * @param order what was asked for
 * @param visible the transactions that the rows show
 * @param end everything that is visible was committed before this position of the source's log
 * @param sourceMicros the source's clock, read before the rows were
 * @param next where the next chunk begins; empty when there is none
 * @param rowsEstimated how many rows the table has, as the source estimates it; negative when it
 *     does not
 */
public record Chunk(
    ReadingOrder order,
    Visibility visible,
    SourcePosition end,
    long sourceMicros,
    String format,
    byte[] schema,
    List<Row> rows,
    Optional<List<String>> next,
    long rowsEstimated) {

  /**
   * A row as the source would have sent it.
   *
   * @param key as a change of the row tells it
   */
  public record Row(List<String> key, byte[] raw) {}
}
