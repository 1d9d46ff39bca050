package dev.overseer.runner.judging;

import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.store.index.KnownInterval;
import dev.overseer.store.index.SourceProgress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** When the tables of one view are known. */
public final class KnownTables {
  private final Map<Table, List<KnownInterval>> intervals = new LinkedHashMap<>();

  private record Table(SourceName source, TableName name) {}

  public static KnownTables of(
      ViewDefinition view, Definitions definitions, Map<SourceName, SourceProgress> progress) {
    KnownTables known = new KnownTables();
    view.models().stream().map(definitions::model).forEach(model -> known.add(model, progress));
    return known;
  }

  private void add(ModelDefinition model, Map<SourceName, SourceProgress> progress) {
    SourceProgress source = progress.get(model.source());
    intervals.put(
        new Table(model.source(), model.table()),
        source == null ? List.of() : source.known().getOrDefault(model.table(), List.of()));
  }

  /** Why the view cannot be told at {@code cut}; empty when all of its tables are known then. */
  public Optional<String> whyUnknown(EffectiveTime cut) {
    for (Map.Entry<Table, List<KnownInterval>> table : intervals.entrySet()) {
      if (!isKnown(table.getValue(), cut)) {
        return Optional.of(why(table.getKey(), table.getValue(), cut));
      }
    }
    return Optional.empty();
  }

  /** The greatest cut before {@code time} at which all of the tables were known. */
  public Optional<EffectiveTime> lastWholeBefore(EffectiveTime time) {
    Stream<EffectiveTime> ends =
        intervals.values().stream()
            .flatMap(List::stream)
            .map(KnownInterval::until)
            .filter(until -> until.isBefore(time));
    return Stream.concat(Stream.of(time.previous()), ends)
        .filter(cut -> whyUnknown(cut).isEmpty())
        .max(Comparator.naturalOrder());
  }

  /** Whether the model's table was known at both times and all the time between them. */
  public boolean isKnownThroughout(ModelDefinition model, EffectiveTime from, EffectiveTime until) {
    return intervals.getOrDefault(new Table(model.source(), model.table()), List.of()).stream()
        .anyMatch(interval -> interval.contains(from) && interval.contains(until));
  }

  private static boolean isKnown(List<KnownInterval> intervals, EffectiveTime cut) {
    for (KnownInterval interval : intervals) {
      if (interval.contains(cut)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Since when, but not until when: whether that is known already depends on when it is judged, and
   * a verdict does not.
   */
  private static String why(Table table, List<KnownInterval> intervals, EffectiveTime cut) {
    String name = "table " + table.name() + " of source " + table.source();
    return intervals.reversed().stream()
        .filter(interval -> interval.until().isBefore(cut))
        .findFirst()
        .map(last -> name + " is not known after " + last.until())
        .orElse(name + " is not known yet");
  }
}
