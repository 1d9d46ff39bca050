package dev.overseer.server.parquet;

import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.server.transcript.RecordKind;
import dev.overseer.server.transcript.ToldChange;
import dev.overseer.server.transcript.ToldRecord;
import java.util.Optional;

/**
 * A change or dead letter of a whole transaction.
 *
 * @param operation a dead letter's is that it is one
 * @param told empty for a dead letter
 */
record ChangeRow(
    LogOffset offset,
    LogRecord.Commit commit,
    int ordinal,
    String operation,
    Optional<ToldChange> told,
    Optional<String> fault,
    byte[] raw) {

  /** Empty for other records, and for what never became part of a whole transaction. */
  static Optional<ChangeRow> find(ToldRecord told) {
    return told.commit().flatMap(commit -> find(told, commit));
  }

  private static Optional<ChangeRow> find(ToldRecord told, LogRecord.Commit commit) {
    return switch (told.record()) {
      case LogRecord.Change change ->
          Optional.of(
              new ChangeRow(
                  told.offset(),
                  commit,
                  change.ordinal(),
                  change.operation().name(),
                  told.change(),
                  told.change().flatMap(ToldChange::fault),
                  change.raw()));
      case LogRecord.DeadLetter letter ->
          Optional.of(
              new ChangeRow(
                  told.offset(),
                  commit,
                  letter.ordinal(),
                  RecordKind.DEAD_LETTER.toString(),
                  Optional.empty(),
                  Optional.of(letter.reason()),
                  letter.raw()));
      case LogRecord.Commit _,
          LogRecord.Expired _,
          LogRecord.Horizon _,
          LogRecord.Schema _,
          LogRecord.Mark _,
          LogRecord.SourceOpened _,
          LogRecord.Forked _,
          LogRecord.TableKnown _,
          LogRecord.TableUnknown _,
          LogRecord.TableReading _ ->
          Optional.empty();
    };
  }

  /** As JSON; empty where the row was not sent, as by a delete. */
  Optional<String> values() {
    return told.filter(change -> !change.values().isEmpty()).map(ToldChange::valuesAsJson);
  }
}
