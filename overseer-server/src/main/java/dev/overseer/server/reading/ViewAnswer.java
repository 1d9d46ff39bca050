package dev.overseer.server.reading;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A view.
 *
 * @param members for each of the view's joins, in the order of their keys
 * @param unknown for each alias under which there may be others, why they cannot be told
 * @param totals for each of the view's totals, the latest window last
 */
public record ViewAnswer(
    String view,
    RecordReading root,
    Map<String, List<RecordReading>> members,
    Map<String, String> unknown,
    Map<String, List<TotalAnswer>> totals,
    Standing standing) {
  public ViewAnswer {
    unknown = Collections.unmodifiableMap(new LinkedHashMap<>(unknown));
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    totals = Collections.unmodifiableMap(new LinkedHashMap<>(totals));
  }
}
