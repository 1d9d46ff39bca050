package dev.overseer.runner.scheduling;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.SourceName;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The watermarks of a view's sources, as far as the log was read for it. Belongs to one thread. */
public final class SourceTimes {
  private final Map<SourceName, EffectiveTime> watermarks = new TreeMap<>();

  public SourceTimes(Collection<SourceName> sources) {
    sources.forEach(source -> watermarks.put(source, EffectiveTime.MIN));
  }

  public Map<SourceName, EffectiveTime> watermarks() {
    return Collections.unmodifiableMap(watermarks);
  }

  public boolean has(SourceName source) {
    return watermarks.containsKey(source);
  }

  /** A commit or a mark was read; of a source that the view does not have, nothing changes. */
  public void heard(SourceName source, EffectiveTime watermark) {
    watermarks.computeIfPresent(source, (_, known) -> known.max(watermark));
  }

  /** Nothing will be added before this time, by any of the sources. */
  public EffectiveTime frontier() {
    return watermarks.values().stream().reduce(EffectiveTime.MAX, EffectiveTime::min);
  }

  /** The time of the source that is furthest. */
  public EffectiveTime latest() {
    return watermarks.values().stream().reduce(EffectiveTime.MIN, EffectiveTime::max);
  }

  /** The sources that do not cover {@code cut}. */
  public List<SourceName> staleAt(EffectiveTime cut) {
    return watermarks.entrySet().stream()
        .filter(entry -> !entry.getValue().isAfter(cut))
        .map(Map.Entry::getKey)
        .toList();
  }
}
