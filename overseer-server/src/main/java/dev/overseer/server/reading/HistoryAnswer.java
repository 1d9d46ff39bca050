package dev.overseer.server.reading;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Some of a record's updates, the last one first.
 *
 * @param total how many there are of them all, up to the cut
 */
public record HistoryAnswer(
    String record, List<Step> items, int offset, int total, Standing standing) {
  public HistoryAnswer {
    items = List.copyOf(items);
  }

  /**
   * What an update changed. A column that is not in {@code before} was not there then, one that is
   * not in {@code after} is not there any more.
   *
   * @param state the record's after it
   * @param reason why that is unreadable
   * @param before the values that changed, as they were
   * @param after the values that changed, as they became
   */
  public record Step(
      UpdateReading update,
      String state,
      Optional<String> reason,
      Map<String, @Nullable Object> before,
      Map<String, @Nullable Object> after) {
    public Step {
      before = Collections.unmodifiableMap(new LinkedHashMap<>(before));
      after = Collections.unmodifiableMap(new LinkedHashMap<>(after));
    }
  }
}
