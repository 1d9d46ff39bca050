package dev.overseer.store.retention;

import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.SourceName;
import dev.overseer.store.index.KnownInterval;
import dev.overseer.store.index.SourceProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds from when on a source is to be told. That lies the source's retention before its watermark,
 * and so is a matter of its own time; a source that is not heard keeps everything. It never lies in
 * a gap of what is known, for what changed in a gap is looked for when the gap ends.
 */
final class Horizons {
  /** A horizon moves by so many parts of the retention: each move looks through the whole log. */
  private static final int MOVES_PER_RETENTION = 4;

  private final Map<SourceName, Duration> retention;
  private final Definitions definitions;

  Horizons(Map<SourceName, Duration> retention, Definitions definitions) {
    this.retention = Map.copyOf(retention);
    this.definitions = definitions;
  }

  /** As they are now, of the sources that have any. */
  Map<SourceName, EffectiveTime> current(Map<SourceName, SourceProgress> progress) {
    Map<SourceName, EffectiveTime> current = new TreeMap<>();
    progress.forEach(
        (source, at) -> {
          if (retention.containsKey(source) && at.horizon().isAfter(EffectiveTime.MIN)) {
            current.put(source, at.horizon());
          }
        });
    return current;
  }

  /**
   * Those that should move, and to where.
   *
   * @param judged nobody asks for what was before it any more
   */
  Map<SourceName, EffectiveTime> due(
      Map<SourceName, SourceProgress> progress, EffectiveTime judged) {
    List<List<KnownInterval>> tables = known(progress);
    Map<SourceName, EffectiveTime> due = new TreeMap<>();
    retention.forEach(
        (source, kept) ->
            Optional.ofNullable(progress.get(source))
                .flatMap(at -> due(at, kept, judged, tables))
                .ifPresent(horizon -> due.put(source, horizon)));
    return due;
  }

  private static Optional<EffectiveTime> due(
      SourceProgress at, Duration kept, EffectiveTime judged, List<List<KnownInterval>> tables) {
    EffectiveTime horizon = outsideGaps(at.watermark().minus(kept).min(judged), tables);
    Duration least = kept.dividedBy(MOVES_PER_RETENTION);
    boolean isWorthIt =
        !horizon.isBefore(at.horizon().plus(least))
            && at.known().values().stream()
                .flatMap(List::stream)
                .anyMatch(interval -> interval.from().isBefore(horizon));
    return isWorthIt ? Optional.of(horizon) : Optional.empty();
  }

  private List<List<KnownInterval>> known(Map<SourceName, SourceProgress> progress) {
    List<List<KnownInterval>> tables = new ArrayList<>();
    for (ModelDefinition model : definitions.models()) {
      Optional.ofNullable(progress.get(model.source()))
          .map(source -> source.known().getOrDefault(model.table(), List.of()))
          .ifPresent(tables::add);
    }
    return tables;
  }

  private static EffectiveTime outsideGaps(EffectiveTime time, List<List<KnownInterval>> tables) {
    EffectiveTime earlier = time;
    for (List<KnownInterval> intervals : tables) {
      earlier = outsideGap(earlier, intervals);
    }
    return earlier.equals(time) ? time : outsideGaps(earlier, tables);
  }

  private static EffectiveTime outsideGap(EffectiveTime time, List<KnownInterval> intervals) {
    if (intervals.stream().anyMatch(interval -> interval.contains(time))) {
      return time;
    }
    return intervals.stream()
        .map(KnownInterval::until)
        .filter(until -> until.isBefore(time))
        .max(EffectiveTime::compareTo)
        .orElse(time);
  }
}
