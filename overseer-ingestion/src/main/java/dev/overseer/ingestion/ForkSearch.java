package dev.overseer.ingestion;

import dev.overseer.model.Incarnation;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.LogRecord.Commit;
import dev.overseer.model.Operation;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the history of a promoted server left the one in our log. A source's commits follow
 * one path of timelines, of which the beginning is common to both, so the first that is not is
 * found by halving. Commits before it may have been disowned already, when an earlier fork was
 * followed; of those it says nothing.
 */
final class ForkSearch {
  private final ReadableLog<LogRecord> log;
  private final SourceName source;
  private final Incarnation now;
  private final List<Ancestor> ancestors;

  /**
   * @param position up to which positions mean the same
   * @param disowned the first commit in our log that the server never had; absent if there is none
   * @param transactions how many it never had
   * @param rows whether among them are rows that were read of a table, or the proof that all were:
   *     what is known of tables then is not true of the server; nor is it where the server knows
   *     nothing of the one that we followed, and may have what we disowned for that one's sake
   */
  record Fork(
      SourcePosition position, Optional<LogOffset> disowned, long transactions, boolean rows) {}

  private record Placed(LogOffset offset, Commit commit) {}

  ForkSearch(
      ReadableLog<LogRecord> log, SourceName source, Incarnation now, List<Ancestor> ancestors) {
    this.log = log;
    this.source = source;
    this.now = now;
    this.ancestors = ancestors;
  }

  /**
   * Looks at what is durable.
   *
   * @return empty when nothing is known to be common
   */
  Optional<Fork> find(Incarnation known) {
    Placed common = null;
    LogOffset low = LogOffset.ZERO;
    LogOffset high = log.end();
    while (low.compareTo(high) < 0) {
      LogOffset middle = new LogOffset((low.value() + high.value()) >>> 1);
      Placed next = commitFrom(middle);
      if (next == null || isDisowned(next.commit(), known)) {
        high = middle;
      } else {
        common = next;
        low = next.offset().next();
      }
    }
    return fork(known, common, commitFrom(low));
  }

  private Optional<Fork> fork(
      Incarnation known, @Nullable Placed common, @Nullable Placed disowned) {
    Optional<SourcePosition> position =
        endOf(known)
            .or(
                () ->
                    Optional.ofNullable(common)
                        .flatMap(last -> endOf(last.commit().transaction().incarnation())));
    return position.map(
        at ->
            disowned == null
                ? new Fork(at, Optional.empty(), 0, false)
                : counted(at, disowned, endOf(known).isEmpty()));
  }

  private boolean isDisowned(Commit commit, Incarnation known) {
    Incarnation incarnation = commit.transaction().incarnation();
    if (!incarnation.system().equals(now.system()) || incarnation.equals(now)) {
      return false;
    }
    if (!incarnation.equals(known) && endOf(known).isPresent()) {
      return false;
    }
    return endOf(incarnation)
        .map(end -> Positions.reached(commit.transaction().commit(), end))
        .orElse(true);
  }

  private Optional<SourcePosition> endOf(Incarnation incarnation) {
    return ancestors.stream()
        .filter(ancestor -> ancestor.incarnation().equals(incarnation))
        .map(Ancestor::end)
        .findFirst();
  }

  private @Nullable Placed commitFrom(LogOffset from) {
    try (LogReader<LogRecord> reader = log.reader(from)) {
      while (reader.next()) {
        if (reader.record() instanceof Commit commit && commit.source().equals(source)) {
          return new Placed(reader.offset(), commit);
        }
      }
      return null;
    }
  }

  private Fork counted(SourcePosition at, Placed first, boolean isSibling) {
    long transactions = 0;
    boolean rows = isSibling;
    try (LogReader<LogRecord> reader = log.reader(first.commit().first())) {
      while (reader.next()) {
        LogRecord record = reader.record();
        if (record.source().equals(source)) {
          boolean isOfThem = record instanceof Commit && !isBefore(reader.offset(), first);
          transactions += isOfThem ? 1 : 0;
          rows |= isOfReading(record);
        }
      }
    }
    return new Fork(at, Optional.of(first.offset()), transactions, rows);
  }

  private static boolean isBefore(LogOffset offset, Placed first) {
    return offset.compareTo(first.offset()) < 0;
  }

  private static boolean isOfReading(LogRecord record) {
    return record instanceof LogRecord.TableKnown
        || record instanceof LogRecord.TableReading
        || (record instanceof LogRecord.Change change && change.operation() == Operation.SNAPSHOT);
  }
}
