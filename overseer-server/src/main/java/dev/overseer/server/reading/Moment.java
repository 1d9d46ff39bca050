package dev.overseer.server.reading;

import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.SourceName;
import dev.overseer.server.reading.Standing.PositionStanding;
import dev.overseer.server.reading.Standing.SourceStanding;
import dev.overseer.store.index.KnownInterval;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.store.index.UpdateIndex;
import dev.overseer.store.log.ReadableLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The point of one reading, and how far the sources that it depends on had come. Even the latest
 * has an offset up to which it knows, so that a reading is of one moment, whatever comes meanwhile.
 */
record Moment(
    AsOf asOf,
    Optional<PositionStanding> position,
    Collection<ModelDefinition> models,
    Map<SourceName, Heard> heard,
    Map<SourceName, SourceProgress> progress) {

  static Moment of(
      Question question,
      Collection<ModelDefinition> models,
      UpdateIndex index,
      ReadableLog<LogRecord> log) {
    Map<SourceName, SourceProgress> progress = index.progress(); // before what it is held against
    LogOffset consumed = index.consumed();
    Set<SourceName> sources =
        models.stream().map(ModelDefinition::source).collect(Collectors.toSet());
    Optional<LogOffset> knownAt = AskedTime.knownAt(question, consumed);
    Map<SourceName, Heard> heard = new TreeMap<>();
    Map<SourceName, Heard> found =
        knownAt.map(offset -> Heard.before(offset, sources, log)).orElseGet(() -> now(progress));
    sources.forEach(source -> heard.put(source, found.getOrDefault(source, Heard.NEVER)));
    LogOffset known = knownAt.orElse(consumed);
    Cut cut =
        switch (AskedTime.of(question)) {
          case AskedTime.Latest() -> new Cut(EffectiveTime.MAX);
          case AskedTime.Covered() -> new Cut(covered(heard));
          case AskedTime.At(EffectiveTime time) -> new Cut(time);
          case AskedTime.AtPosition(String text) ->
              cut(AskedPosition.parse(text, progress.keySet()), known, index, log);
        };
    return new Moment(new AsOf(cut.time(), known), cut.from(), models, heard, progress);
  }

  /**
   * @param from the position that it was told by
   */
  private record Cut(EffectiveTime time, Optional<PositionStanding> from) {
    Cut(EffectiveTime time) {
      this(time, Optional.empty());
    }
  }

  private static Cut cut(
      AskedPosition asked, LogOffset known, UpdateIndex index, ReadableLog<LogRecord> log) {
    PositionLookup lookup = new PositionLookup(asked, known, index, log);
    LogRecord.Commit commit = lookup.transaction().commit();
    PositionStanding standing =
        new PositionStanding(
            asked.source().value(),
            asked.position().toString(),
            commit.transaction().toString(),
            lookup.lastAtTimeOf(commit).map(last -> last.transaction().toString()));
    return new Cut(commit.effectiveTime(), Optional.of(standing));
  }

  private static Map<SourceName, Heard> now(Map<SourceName, SourceProgress> progress) {
    Map<SourceName, Heard> heard = new HashMap<>();
    progress.forEach((source, of) -> heard.put(source, Heard.of(of)));
    return heard;
  }

  private static EffectiveTime covered(Map<SourceName, Heard> heard) {
    EffectiveTime least = EffectiveTime.MAX;
    for (Map.Entry<SourceName, Heard> source : heard.entrySet()) {
      least =
          least.min(
              source
                  .getValue()
                  .watermark()
                  .orElseThrow(
                      () ->
                          new InvalidRequest(
                              "No cut is covered yet, since source '%s' was not heard: see overseer source list"
                                  .formatted(source.getKey()))));
    }
    return least.previous();
  }

  boolean isLatest() {
    return asOf.cut().equals(EffectiveTime.MAX);
  }

  Standing standing(Instant now) {
    boolean covered = heard.values().stream().allMatch(source -> source.isBeyond(asOf.cut()));
    List<String> provisional = new ArrayList<>();
    if (isLatest()) {
      provisional.add("it is the latest, and more may come at any time: as of 'covered' is final");
    } else {
      heard.forEach((source, how) -> lag(source, how).ifPresent(provisional::add));
    }
    models.stream().flatMap(model -> gap(model).stream()).distinct().forEach(provisional::add);
    return new Standing(
        Optional.of(asOf.cut()).filter(_ -> !isLatest()).map(EffectiveTime::toInstant),
        position,
        asOf.knownAt().value(),
        covered,
        provisional,
        heard.entrySet().stream().map(it -> standing(it.getKey(), it.getValue(), now)).toList());
  }

  private Optional<String> lag(SourceName source, Heard how) {
    return how.isBeyond(asOf.cut())
        ? Optional.empty()
        : Optional.of(
            how.watermark()
                .map(time -> "source '%s' was heard up to %s only".formatted(source, time))
                .orElse("source '%s' was not heard".formatted(source)));
  }

  /** Why the model's records are not wholly known at the cut. */
  private Optional<String> gap(ModelDefinition model) {
    List<KnownInterval> known = known(model);
    boolean isKnown =
        known.stream().anyMatch(it -> isLatest() ? it.isOpen() : it.contains(asOf.cut()));
    if (isKnown) {
      return Optional.empty();
    }
    String intervals =
        known.stream()
            .map(it -> "from %s to %s".formatted(it.from(), it.isOpen() ? "now" : it.until()))
            .collect(Collectors.joining(", "));
    return Optional.of(
        "table %s of source '%s' is wholly known %s"
            .formatted(
                model.table(),
                model.source(),
                known.isEmpty() ? "at no time yet" : "only " + intervals));
  }

  private List<KnownInterval> known(ModelDefinition model) {
    return Optional.ofNullable(progress.get(model.source()))
        .map(source -> source.known().get(model.table()))
        .orElse(List.of());
  }

  /** From when on the model's records are known, where the cut is before that. */
  Optional<EffectiveTime> beginningAfterCut(ModelDefinition model) {
    return known(model).stream()
        .map(KnownInterval::from)
        .min(EffectiveTime::compareTo)
        .filter(from -> from.isAfter(asOf.cut()));
  }

  private static SourceStanding standing(SourceName source, Heard heard, Instant now) {
    Optional<Instant> watermark = heard.watermark().map(EffectiveTime::toInstant);
    return new SourceStanding(
        source.value(),
        watermark,
        heard.position().map(Object::toString),
        watermark.map(it -> Math.max(0, Duration.between(it, now).toMillis())));
  }
}
