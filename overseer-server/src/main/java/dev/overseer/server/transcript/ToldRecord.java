package dev.overseer.server.transcript;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import java.util.Optional;

/**
 * A record of the update log, and what its surroundings and its bytes say of it.
 *
 * @param commit of a change or dead letter: its transaction's, unless that never became whole
 * @param change what a change's bytes say
 */
public record ToldRecord(
    LogOffset offset,
    LogRecord record,
    Optional<LogRecord.Commit> commit,
    Optional<ToldChange> change) {

  /** Of which time it tells; some records have none. */
  public Optional<EffectiveTime> effectiveTime() {
    return switch (record) {
      case LogRecord.Change _, LogRecord.DeadLetter _, LogRecord.Expired _ ->
          commit.map(LogRecord.Commit::effectiveTime);
      case LogRecord.Commit ofAll -> Optional.of(ofAll.effectiveTime());
      case LogRecord.Mark mark -> Optional.of(mark.watermark());
      case LogRecord.TableKnown known -> Optional.of(known.from());
      case LogRecord.TableUnknown unknown -> Optional.of(unknown.after());
      case LogRecord.Forked forked -> Optional.of(forked.from());
      case LogRecord.Horizon horizon -> Optional.of(horizon.from());
      case LogRecord.SourceOpened _, LogRecord.Schema _, LogRecord.TableReading _ ->
          Optional.empty();
    };
  }
}
