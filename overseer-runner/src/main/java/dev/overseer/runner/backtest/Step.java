package dev.overseer.runner.backtest;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.Reference;
import dev.overseer.model.SourceName;
import dev.overseer.runner.selection.Changed;
import dev.overseer.store.index.IndexedUpdate;
import java.util.List;

/** What the log brings to a replay, in its order; each is read once, for all parts. */
sealed interface Step {

  /** A change of the log, which may be of two records. */
  record Change(LogRecord.Change change, List<OfRecord> records) implements Step {}

  /** What a change is to one of its records. */
  record OfRecord(RecordKey record, IndexedUpdate update, List<Reference> references) {}

  /** The record has an update that cannot be told here. */
  record Unclear(RecordKey record) implements Step {}

  /** What may trigger. */
  record Update(Changed changed, EffectiveTime at) implements Step {}

  /** The source is known up to here. */
  record Heard(SourceName source, EffectiveTime watermark) implements Step {}

  /** A table is known from here on. */
  record Discovered(ModelName model, EffectiveTime at) implements Step {}
}
