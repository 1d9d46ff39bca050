package dev.overseer.store.retention;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The effective times of the changes in a stretch of the log, as their commits say. */
final class CommittedTimes {
  /** How far behind the stretch the commits of its last changes are looked for. */
  private static final long BEHIND_MAX = 5_000_000;

  private final Map<SourceName, TreeMap<LogOffset, Committed>> commits = new HashMap<>();
  private final Set<SourceName> open = new HashSet<>();

  private record Committed(LogOffset commit, EffectiveTime time) {}

  /** Of the changes from {@code first} on and before {@code end}. */
  static CommittedTimes of(ReadableLog<LogRecord> log, LogOffset first, LogOffset end) {
    CommittedTimes times = new CommittedTimes();
    try (LogReader<LogRecord> reader = log.reader(first)) {
      LogOffset limit = end.plus(BEHIND_MAX);
      while (reader.next() && times.mayTakeMore(reader.offset(), end, limit)) {
        times.take(reader.record(), reader.offset(), reader.offset().compareTo(end) < 0);
      }
    }
    return times;
  }

  private boolean mayTakeMore(LogOffset offset, LogOffset end, LogOffset limit) {
    return offset.compareTo(end) < 0 || (!open.isEmpty() && offset.compareTo(limit) < 0);
  }

  private void take(LogRecord record, LogOffset offset, boolean isInside) {
    switch (record) {
      case LogRecord.Change _, LogRecord.DeadLetter _, LogRecord.Expired _ -> {
        if (isInside) {
          open.add(record.source());
        }
      }
      case LogRecord.Commit commit -> {
        open.remove(commit.source());
        commits
            .computeIfAbsent(commit.source(), _ -> new TreeMap<>())
            .put(commit.first(), new Committed(offset, commit.effectiveTime()));
      }
      case LogRecord.SourceOpened _, LogRecord.Forked _ -> open.remove(record.source());
      case LogRecord.Schema _,
          LogRecord.Mark _,
          LogRecord.Horizon _,
          LogRecord.TableReading _,
          LogRecord.TableKnown _,
          LogRecord.TableUnknown _ -> {}
    }
  }

  /** Empty for what never became part of a whole transaction, as far as could be seen. */
  Optional<EffectiveTime> of(SourceName source, LogOffset change) {
    return Optional.ofNullable(commits.get(source))
        .map(ofSource -> ofSource.floorEntry(change))
        .filter(found -> change.compareTo(found.getValue().commit()) < 0)
        .map(found -> found.getValue().time());
  }
}
