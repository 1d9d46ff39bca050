package dev.overseer.store.index;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a source has come, folded from its substream of the log: where to resume, what its time
 * is, and what is known of its tables. The source's own state after a restart is exactly this.
 *
 * @param commit position of the last stored commit; a commit at or before it, in the same
 *     incarnation, is a resend
 * @param resume where to ask the source to go on from
 * @param effectiveTime of the last commit or mark, whichever is later: the watermark
 * @param mark the last mark
 * @param horizon before it nothing is told: changes of then may have been deleted
 * @param schemas for each table, where its last schema is in the log
 * @param known for each table, the intervals in which its records are wholly known, in order
 * @param reading of the tables whose existing rows are being read, how far that has come
 */
public record SourceProgress(
    SourceName source,
    Incarnation incarnation,
    long clockOffsetMicros,
    Optional<SourcePosition> commit,
    Optional<SourcePosition> resume,
    EffectiveTime effectiveTime,
    EffectiveTime mark,
    EffectiveTime horizon,
    Map<TableName, LogOffset> schemas,
    Map<TableName, List<KnownInterval>> known,
    Map<TableName, LogRecord.TableReading> reading) {
  public SourceProgress {
    schemas = Map.copyOf(schemas);
    known = Map.copyOf(known);
    reading = Map.copyOf(reading);
  }

  /** Everything of the source with an effective time below this is stored. */
  public EffectiveTime watermark() {
    return effectiveTime;
  }
}
