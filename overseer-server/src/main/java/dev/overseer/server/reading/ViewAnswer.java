package dev.overseer.server.reading;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A view.
 *
 * @param members for each of the view's joins, in the order of their keys
 */
public record ViewAnswer(
    String view, RecordReading root, Map<String, List<RecordReading>> members, Standing standing) {
  public ViewAnswer {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }
}
