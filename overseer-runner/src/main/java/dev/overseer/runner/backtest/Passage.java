package dev.overseer.runner.backtest;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.runner.scheduling.SourceTimes;
import dev.overseer.store.index.CommitSearch;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.store.log.TransactionReader;
import dev.overseer.store.log.VisibleRecord;
import dev.overseer.store.log.VisibleRecord.Placed;
import dev.overseer.store.log.VisibleRecord.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log once for a replay: from the last transactions of the view's sources before the time
 * from which updates trigger, as far as the index goes. Belongs to one thread.
 */
final class Passage implements AutoCloseable {
  private final BacktestParts parts;
  private final ChangeSteps changes;
  private final EffectiveTime from;
  private final EffectiveTime triggersFrom;
  private final Set<SourceName> sources;
  private final SourceTimes times;
  private final LogOffset begin;
  private final LogOffset end;
  private final TransactionReader reader;
  private LogOffset position;
  private long updates;
  private @Nullable VisibleRecord ahead;
  private int placesTaken;

  /**
   * @param from updates before this trigger nothing
   */
  Passage(ViewDefinition view, EffectiveTime from, BacktestParts parts) {
    this.parts = parts;
    this.changes = new ChangeSteps(view, parts);
    this.sources = parts.definitions().sourcesOf(view);
    this.from = from;
    this.triggersFrom = from.max(horizon());
    this.times = new SourceTimes(sources);
    this.end = parts.index().consumed();
    this.begin = lastBeforeAll();
    this.position = begin;
    this.reader = new TransactionReader(parts.log(), begin);
  }

  /** Before it changes may have been deleted, and verdicts could not be complete. */
  private EffectiveTime horizon() {
    Map<SourceName, SourceProgress> progress = parts.index().progress();
    return sources.stream()
        .flatMap(source -> Optional.ofNullable(progress.get(source)).stream())
        .map(SourceProgress::horizon)
        .reduce(EffectiveTime.MIN, EffectiveTime::max);
  }

  /** With the last transaction of each source before the time, whatever it said since is read. */
  private LogOffset lastBeforeAll() {
    LogOffset begin = end;
    for (SourceName source : sources) {
      LogOffset last =
          new CommitSearch(parts.index(), parts.log(), source, LogOffset.ZERO, end)
              .last(commit -> commit.effectiveTime().isBefore(from))
              .map(CommitSearch.Found::offset)
              .orElse(LogOffset.ZERO);
      begin = last.compareTo(begin) < 0 ? last : begin;
    }
    return begin;
  }

  LogOffset begin() {
    return begin;
  }

  LogOffset end() {
    return end;
  }

  LogOffset position() {
    return position;
  }

  /** How many changes were read, of whatever model. */
  long updates() {
    return updates;
  }

  /** Everything before this was read. */
  EffectiveTime frontier() {
    return times.frontier();
  }

  /**
   * The next stretch; empty at the end.
   *
   * @param changesMax how many changes it has, about: a larger transaction comes in several
   */
  Optional<Stretch> next(int changesMax) {
    List<Step> steps = new ArrayList<>(3 * changesMax);
    long until = updates + changesMax;
    boolean any = false;
    while (updates < until && steps.size() < 3 * changesMax && hasNext()) {
      any = true;
      pass(until, steps);
    }
    return any ? Optional.of(new Stretch(steps, position)) : Optional.empty();
  }

  private boolean hasNext() {
    if (ahead == null && reader.next() && reader.offset().compareTo(end) < 0) {
      ahead = reader.record();
      placesTaken = 0;
    }
    return ahead != null;
  }

  private void pass(long until, List<Step> steps) {
    switch (ahead) {
      case Transaction transaction -> pass(transaction, until, steps);
      case VisibleRecord.Other(LogOffset offset, LogRecord record) -> {
        pass(offset, record, steps);
        passed(offset);
      }
      case null -> {}
    }
  }

  private void passed(LogOffset offset) {
    position = offset.next();
    ahead = null;
  }

  /** Existing rows are no updates: they trigger when their table is known, if at all. */
  private void pass(Transaction transaction, long until, List<Step> steps) {
    LogRecord.Commit commit = transaction.commit();
    EffectiveTime at = commit.effectiveTime();
    List<Placed> places = transaction.changes();
    if (sources.contains(commit.source())) {
      EffectiveTime triggersAt = commit.isOfSnapshot() || at.isBefore(triggersFrom) ? null : at;
      while (placesTaken < places.size() && updates < until) {
        changes.add(transaction, places.get(placesTaken), triggersAt, steps::add);
        placesTaken++;
        updates++;
      }
      if (placesTaken < places.size()) {
        position = transaction.offset().next();
        return;
      }
      heard(commit.source(), at, steps);
    } else {
      updates += places.size();
    }
    passed(transaction.offset());
  }

  private void heard(SourceName source, EffectiveTime watermark, List<Step> steps) {
    times.heard(source, watermark);
    steps.add(new Step.Heard(source, watermark));
  }

  private void pass(LogOffset offset, LogRecord record, List<Step> steps) {
    if (!sources.contains(record.source())) {
      return;
    }
    switch (record) {
      case LogRecord.Mark mark -> heard(mark.source(), mark.watermark(), steps);
      case LogRecord.Forked forked -> {
        disown(forked, offset, steps);
        heard(forked.source(), forked.from(), steps);
      }
      case LogRecord.TableKnown known when !known.from().isBefore(from) ->
          changes
              .modelOf(known)
              .ifPresent(model -> steps.add(new Step.Discovered(model, known.from())));
      case LogRecord.TableKnown _,
          LogRecord.Change _,
          LogRecord.Commit _,
          LogRecord.DeadLetter _,
          LogRecord.Expired _,
          LogRecord.Horizon _,
          LogRecord.Schema _,
          LogRecord.SourceOpened _,
          LogRecord.TableReading _,
          LogRecord.TableUnknown _ -> {}
    }
  }

  /** From the fork's time on what it disowned is undone: a change of all that it had changed. */
  private void disown(LogRecord.Forked forked, LogOffset offset, List<Step> steps) {
    if (forked.from().isBefore(triggersFrom)) {
      return;
    }
    try (TransactionReader disowned = new TransactionReader(parts.log(), forked.disowned())) {
      while (disowned.next() && disowned.offset().compareTo(offset) < 0) {
        if (disowned.record() instanceof Transaction transaction
            && transaction.commit().source().equals(forked.source())
            && !transaction.commit().isOfSnapshot()) {
          transaction
              .changes()
              .forEach(place -> changes.add(transaction, place, forked.from(), steps::add));
        }
      }
    }
  }

  /** Whether a source of the view went on in another history, and updates count no more. */
  boolean hasForked() {
    return sources.stream()
        .flatMap(source -> parts.index().eras(source).stream())
        .anyMatch(era -> parts.log().get(era) instanceof LogRecord.Forked);
  }

  @Override
  public void close() {
    reader.close();
  }
}
