package dev.overseer.server.reading;

import java.util.List;
import java.util.Optional;

/**
 * Some of a record's updates as they were received, the last one first.
 *
 * @param total how many there are of them all, up to the cut
 */
public record RawAnswer(
    String record, List<RawUpdate> items, int offset, int total, Standing standing) {
  public RawAnswer {
    items = List.copyOf(items);
  }

  /**
   * The bytes of one update.
   *
   * @param format their wire format; empty for an annotation
   * @param schema the log offset of the schema that reads them, where one is needed
   * @param treated columns whose values are not in them as the source has them
   * @param fault why they cannot be read: a dead letter
   * @param base64 the bytes, in Base64
   */
  public record RawUpdate(
      UpdateReading update,
      Optional<String> format,
      Optional<Long> schema,
      List<String> treated,
      Optional<String> fault,
      String base64) {
    public RawUpdate {
      treated = List.copyOf(treated);
    }
  }
}
