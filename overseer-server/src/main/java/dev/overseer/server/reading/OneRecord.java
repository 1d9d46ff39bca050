package dev.overseer.server.reading;

import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.RecordKey;
import dev.overseer.store.index.IndexedUpdate;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.views.View;
import dev.overseer.views.ViewReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of one record.
 *
 * @param updates of it, up to the cut
 * @param later the first one, if it is after the cut
 * @param now on Overseer's own clock
 */
record OneRecord(
    RecordKey key,
    Moment moment,
    ViewReader views,
    UpdateTelling telling,
    List<IndexedUpdate> updates,
    Optional<IndexedUpdate> later,
    Instant now) {

  /** Fails with {@link NotThere} when there is no update of it at all. */
  static OneRecord find(
      RecordKey key,
      ModelDefinition model,
      Moment moment,
      ViewReader views,
      ReadableLog<LogRecord> log,
      Instant now) {
    List<IndexedUpdate> updates = views.updatesAsOf(key, moment.asOf());
    Optional<IndexedUpdate> later =
        updates.isEmpty()
            ? views.updatesAsOf(key, AsOf.latest()).stream().findFirst()
            : Optional.empty();
    if (updates.isEmpty()) {
      requireSeen(key, model, moment, later);
    }
    return new OneRecord(key, moment, views, new UpdateTelling(log), updates, later, now);
  }

  private static void requireSeen(
      RecordKey key, ModelDefinition model, Moment moment, Optional<IndexedUpdate> later) {
    if (later.isEmpty()) {
      throw new NotThere(
          "No update of %s was ever stored. A key is compared as text, as the source writes it, in the order %s"
              .formatted(key, model.key()));
    }
    Optional<EffectiveTime> beginning = moment.beginningAfterCut(model);
    if (beginning.isPresent()) {
      throw new InvalidRequest(
          "The log knows table %s of source '%s' from %s on: ask as of then or later"
              .formatted(model.table(), model.source(), beginning.get()));
    }
  }

  RecordAnswer answer() {
    View.Member member =
        new View.Member(key, views.stateAfter(key, moment.asOf(), updates), updates);
    RecordReading told = new RecordTelling(views, telling, moment.asOf()).tell(member);
    return new RecordAnswer(later.map(it -> notYet(it)).orElse(told), moment.standing(now));
  }

  private RecordReading notYet(IndexedUpdate first) {
    String reason =
        "its first update is of %s, known from offset %s on"
            .formatted(first.effectiveTime(), first.commit().next());
    return RecordTelling.without(key, RecordReading.NEVER_SEEN, Optional.of(reason), List.of());
  }

  HistoryAnswer history(Range range) {
    return new HistoryAnswer(
        key.toString(),
        new HistoryTelling(views, telling, moment.asOf()).tell(key, updates, range),
        range.offset(),
        updates.size(),
        moment.standing(now));
  }

  RawAnswer raw(Range range) {
    return new RawAnswer(
        key.toString(),
        updates.reversed().stream()
            .skip(range.offset())
            .limit(range.limit())
            .map(telling::raw)
            .toList(),
        range.offset(),
        updates.size(),
        moment.standing(now));
  }
}
