package dev.overseer.store.retention;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.store.log.Thinning;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which changes of one segment are deleted, and what there is to tell of them. */
final class SegmentDeletion implements Thinning.Deletion<LogRecord> {
  private final LogOffset first;
  private final BitSet deleted = new BitSet();
  private final Map<SourceName, Deletion.OfSource> sources = new TreeMap<>();

  SegmentDeletion(LogOffset first) {
    this.first = first;
  }

  void add(
      LogRecord.Change change,
      LogOffset offset,
      EffectiveTime at,
      Duration retention,
      EffectiveTime horizon) {
    deleted.set(index(offset));
    sources.merge(
        change.source(),
        new Deletion.OfSource(change.source(), retention, horizon, 1, change.raw().length, at, at),
        (before, _) -> before.plus(change.raw().length, at));
  }

  private int index(LogOffset offset) {
    return Math.toIntExact(offset.value() - first.value());
  }

  boolean isEmpty() {
    return deleted.isEmpty();
  }

  Deletion of(Thinning thinning) {
    return new Deletion(
        first,
        thinning.end(),
        thinning.file().generation(),
        thinning.before(),
        thinning.file().sha256(),
        List.copyOf(sources.values()));
  }

  @Override
  public boolean isDeleted(LogOffset offset) {
    return deleted.get(index(offset));
  }

  @Override
  public LogRecord placeholder(LogRecord record) {
    if (record instanceof LogRecord.Change change) {
      return new LogRecord.Expired(change.source(), change.ordinal());
    }
    throw new InvariantViolated("Only changes are deleted, and this is " + record.getClass());
  }
}
