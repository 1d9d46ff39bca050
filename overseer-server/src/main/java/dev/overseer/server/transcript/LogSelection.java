package dev.overseer.server.transcript;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import java.util.Optional;

/**
 * Which records of a log are asked for: all that every given part lets through.
 *
 * @param model only changes of its table
 * @param key only changes that this record went through: also those that emptied its table, took
 *     its key away, or were annotated with it
 * @param from effective time, inclusive
 * @param to effective time, exclusive
 * @param fromOffset inclusive
 * @param toOffset exclusive
 */
public record LogSelection(
    Optional<SourceName> source,
    Optional<ModelName> model,
    Optional<RecordKey> key,
    Optional<EffectiveTime> from,
    Optional<EffectiveTime> to,
    LogOffset fromOffset,
    LogOffset toOffset) {

  public static final LogSelection ALL =
      new LogSelection(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          LogOffset.ZERO,
          LogOffset.MAX);

  /** Whether it is a log's beginning, from which a log can be made that ends earlier, or not. */
  public boolean isBeginning() {
    return equals(ALL.to(toOffset));
  }

  public LogSelection from(LogOffset offset) {
    return new LogSelection(source, model, key, from, to, offset, toOffset);
  }

  public LogSelection to(LogOffset offset) {
    return new LogSelection(source, model, key, from, to, fromOffset, offset);
  }

  public boolean isOfTime() {
    return from.isPresent() || to.isPresent();
  }

  /** What can be said before the record is looked at more closely. */
  boolean mayHold(LogRecord record) {
    boolean isOfModel = model.isPresent() || key.isPresent();
    return source.map(record.source()::equals).orElse(true)
        && (!isOfModel || record instanceof LogRecord.Change);
  }

  boolean holds(ToldRecord told) {
    return isInTime(told)
        && told.change().map(change -> isOfModel(told.record(), change)).orElse(true);
  }

  private boolean isInTime(ToldRecord told) {
    if (!isOfTime()) {
      return true;
    }
    return told.effectiveTime()
        .filter(time -> from.isEmpty() || !time.isBefore(from.get()))
        .filter(time -> to.isEmpty() || time.isBefore(to.get()))
        .isPresent();
  }

  private boolean isOfModel(LogRecord record, ToldChange change) {
    if (key.isPresent()) {
      return change.concerns(key.get()) || emptiesTableOf(key.get().model(), record, change);
    }
    return model
        .map(
            name ->
                change.model().equals(model)
                    || change.others().stream().anyMatch(it -> it.model().equals(name)))
        .orElse(true);
  }

  private static boolean emptiesTableOf(ModelName model, LogRecord record, ToldChange change) {
    return record instanceof LogRecord.Change it
        && it.operation() == Operation.TRUNCATE
        && change.model().equals(Optional.of(model));
  }
}
