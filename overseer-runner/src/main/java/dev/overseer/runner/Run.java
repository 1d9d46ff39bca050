package dev.overseer.runner;

import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelName;
import dev.overseer.model.SourceName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.runner.Checkpoints.Saved;
import dev.overseer.runner.coverage.Coverage;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.scheduling.Agenda;
import dev.overseer.runner.scheduling.RootStates;
import dev.overseer.runner.scheduling.Scheduler;
import dev.overseer.runner.scheduling.SourceTimes;
import dev.overseer.runner.selection.ChangeReading;
import dev.overseer.runner.selection.Changed;
import dev.overseer.runner.selection.Selector;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.store.keyvalue.WriteBatch;
import dev.overseer.store.log.TransactionReader;
import dev.overseer.store.log.VisibleRecord;
import dev.overseer.store.log.VisibleRecord.Placed;
import dev.overseer.store.log.VisibleRecord.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A runner from one checkpoint on, until something fails. */
final class Run {
  private static final int CHANGES_PER_PART = 1000;

  private final RunnerParts parts;
  private final RunnerLimits limits;
  private final Checkpoints checkpoints;
  private final List<Course> courses;
  private final ChangeReading reading;
  private final TransactionReader reader;
  private @Nullable VisibleRecord ahead;
  private LogOffset journalEnd;
  private Instant checkpointDue;
  private Instant coverageDue = Instant.MIN;
  private boolean unsaved;
  private boolean moreToDo;
  private List<Coverage> coverage;

  private Run(
      RunnerParts parts, RunnerLimits limits, Checkpoints checkpoints, List<Course> courses) {
    this.parts = parts;
    this.limits = limits;
    this.checkpoints = checkpoints;
    this.courses = courses;
    this.reading =
        new ChangeReading(parts.log(), parts.definitions(), parts.decoders(), modelsOf(courses));
    this.reader =
        new TransactionReader(
            parts.log(),
            courses.stream()
                .map(Course::consumed)
                .min(LogOffset::compareTo)
                .orElse(parts.log().end()));
    this.journalEnd = checkpoints.journalEnd();
    this.checkpointDue = parts.clock().instant().plus(limits.checkpointEvery());
    this.coverage = courses.stream().map(Course::coverage).toList();
  }

  /** Goes on from the checkpoint; a check that it does not know begins at the log's beginning. */
  static Run resume(List<ActiveCheck> checks, RunnerParts parts, RunnerLimits limits) {
    Checkpoints checkpoints = new Checkpoints(parts.store());
    Set<Saved> known = new HashSet<>(checkpoints.all());
    List<Course> courses = new ArrayList<>();
    for (ActiveCheck check : checks) {
      checkpoints
          .find(check.check().name())
          .filter(saved -> isOf(saved, check))
          .ifPresent(known::remove);
    }
    known.forEach(checkpoints::remove);
    for (ActiveCheck check : checks) {
      courses.add(course(check, parts, limits.nearMaxOf(checks.size()), checkpoints));
    }
    Run run = new Run(parts, limits, checkpoints, courses);
    courses.forEach(run::takeUpSweeps);
    return run;
  }

  /** What was triggered since the checkpoint, or before it and is still to be decided. */
  private void takeUpSweeps(Course course) {
    ActiveCheck active = course.active();
    parts
        .supervision()
        .sweeps()
        .eachFrom(
            course.frontier(),
            active.check().name(),
            active.definition(),
            went -> {
              course.trigger(went);
              if (isUnsavedTooMuch()) {
                checkpoint(parts.clock().instant());
              }
            });
  }

  private static boolean isOf(Saved saved, ActiveCheck check) {
    return saved.definition().equals(check.definition()) && saved.from().equals(check.from());
  }

  private static Course course(
      ActiveCheck check, RunnerParts parts, int nearMax, Checkpoints checkpoints) {
    Saved saved = checkpoints.find(check.check().name()).orElse(null);
    int id = saved == null ? checkpoints.newCourse() : saved.course();
    LogOffset consumed = saved == null ? LogOffset.ZERO : saved.consumed();
    Judgements judgements = new Judgements(check, parts);
    SourceTimes times = new SourceTimes(judgements.sources());
    if (saved != null) {
      saved.watermarks().forEach(times::heard);
    }
    ViewDefinition view = parts.definitions().view(check.check().view());
    boolean delayVaries = Scheduler.delayVaries(check.check().strategy());
    return new Course(
        id,
        check,
        new Selector(check.check(), view),
        times,
        new Agenda(parts.store(), id, delayVaries, nearMax),
        new RootStates(parts.store(), id, nearMax),
        judgements,
        parts.supervision().sweeps(),
        consumed);
  }

  private static Set<ModelName> modelsOf(List<Course> courses) {
    Set<ModelName> models = new HashSet<>();
    courses.forEach(course -> models.addAll(course.models()));
    return models;
  }

  boolean step() {
    if (isIndexBehind()) {
      return false;
    }
    Instant now = parts.clock().instant();
    boolean hadMore = moreToDo;
    boolean read = !hadMore && read(now);
    moreToDo = false;
    List<Finding> findings = new ArrayList<>();
    Supplier<Map<SourceName, SourceProgress>> progress = new ProgressOnce();
    for (Course course : courses) {
      moreToDo |= course.complete(limits.itemsPerStep(), progress, findings);
      course.anticipate(now, progress, findings);
    }
    if (!findings.isEmpty()) {
      parts.recorder().record(findings);
      journalEnd = parts.recorder().sync();
    }
    courses.forEach(course -> course.sweep(now, progress));
    unsaved |= read || hadMore || moreToDo || !findings.isEmpty() || unsavedCount() > 0;
    if (unsaved && isCheckpointDue(now)) {
      checkpoint(now);
    } else if (unsaved && !now.isBefore(coverageDue)) {
      tell(courses.stream().map(Course::coverage).toList(), now);
    }
    return read || hadMore || moreToDo;
  }

  /** After a crash the index may have lost more than the checkpoint: then it first catches up. */
  private boolean isIndexBehind() {
    LogOffset indexed = parts.index().consumed();
    return courses.stream().anyMatch(course -> course.consumed().compareTo(indexed) > 0);
  }

  /** The index's progress, read when it is first asked for. */
  private final class ProgressOnce implements Supplier<Map<SourceName, SourceProgress>> {
    private @Nullable Map<SourceName, SourceProgress> progress;

    @Override
    public Map<SourceName, SourceProgress> get() {
      Map<SourceName, SourceProgress> known = progress;
      if (known == null) {
        known = parts.index().progress();
        progress = known;
      }
      return known;
    }
  }

  private boolean read(Instant now) {
    LogOffset end = parts.index().consumed();
    int records = 0;
    while (records < limits.recordsPerStep() && hasNextBefore(end)) {
      VisibleRecord record = reader.record();
      ahead = null;
      records += record instanceof Transaction(_, _, List<Placed> placed) ? placed.size() + 1 : 1;
      read(record, now);
    }
    return records > 0;
  }

  private boolean hasNextBefore(LogOffset end) {
    if (ahead == null && reader.next()) {
      ahead = reader.record();
    }
    return ahead != null && ahead.offset().compareTo(end) < 0;
  }

  private void read(VisibleRecord record, Instant now) {
    LogOffset next = record.offset().next();
    switch (record) {
      case Transaction transaction -> {
        LogRecord.Commit commit = transaction.commit();
        plan(transaction, transaction.offset(), commit.effectiveTime(), now);
        heard(commit.source(), commit.effectiveTime(), next);
      }
      case VisibleRecord.Other(_, LogRecord.Mark mark) ->
          heard(mark.source(), mark.watermark(), next);
      case VisibleRecord.Other(LogOffset offset, LogRecord.Forked forked) -> {
        planDisowned(forked, offset, now);
        heard(forked.source(), forked.from(), next);
      }
      case VisibleRecord.Other(LogOffset offset, LogRecord.TableKnown known) -> {
        planDiscovery(known, offset, now);
        courses.forEach(course -> course.read(next));
      }
      case VisibleRecord.Other _ -> courses.forEach(course -> course.read(next));
    }
  }

  private void heard(SourceName source, EffectiveTime watermark, LogOffset next) {
    for (Course course : courses) {
      course.heard(source, watermark, next);
    }
  }

  /**
   * Existing rows are no updates: they are found when their table is known, with all others.
   *
   * <p>A transaction may be larger than memory, so it is planned in parts, and saved between them
   * when they are many. After a crash it is planned again, which adds nothing: none of it is worked
   * off before all of it was read.
   */
  private void plan(Transaction transaction, LogOffset by, EffectiveTime at, Instant now) {
    List<Course> wanting = wanting(transaction.commit().source(), by, at);
    boolean isUpdate = !transaction.commit().isOfSnapshot();
    int size = wanting.isEmpty() || !isUpdate ? 0 : transaction.changes().size();
    for (int from = 0; from < size; from += CHANGES_PER_PART) {
      int to = Math.min(size, from + CHANGES_PER_PART);
      List<Changed> changed = changesOf(transaction.changes().subList(from, to));
      wanting.forEach(course -> course.plan(changed, at, now));
      if (to < size && isUnsavedTooMuch()) {
        checkpoint(now);
      }
    }
  }

  private List<Course> wanting(SourceName source, LogOffset by, EffectiveTime at) {
    Map<SourceName, SourceProgress> progress = parts.index().progress();
    List<Course> wanting = new ArrayList<>(courses.size());
    for (Course course : courses) {
      if (course.wants(by, source, at) && !at.isBefore(course.horizon(progress))) {
        wanting.add(course);
      }
    }
    return wanting;
  }

  private void planDiscovery(LogRecord.TableKnown known, LogOffset by, Instant now) {
    parts
        .definitions()
        .findModel(known.source(), known.table())
        .ifPresent(
            model ->
                courses.stream()
                    .filter(course -> course.wants(by, known.source(), known.from()))
                    .forEach(course -> course.discover(model.name(), known.from(), now)));
  }

  /**
   * From {@code forked} on, what a fork disowned is undone: a change of all that it had changed.
   */
  private void planDisowned(LogRecord.Forked forked, LogOffset offset, Instant now) {
    try (TransactionReader disowned = new TransactionReader(parts.log(), forked.disowned())) {
      while (disowned.next() && disowned.offset().compareTo(offset) < 0) {
        if (disowned.record() instanceof Transaction transaction
            && transaction.commit().source().equals(forked.source())) {
          plan(transaction, offset, forked.from(), now);
        }
      }
    }
  }

  private List<Changed> changesOf(List<Placed> changes) {
    List<Changed> changed = new ArrayList<>(changes.size());
    for (Placed placed : changes) {
      if (placed.record() instanceof LogRecord.Change change) {
        changed.addAll(reading.read(change));
      }
    }
    return changed;
  }

  private boolean isCheckpointDue(Instant now) {
    return !now.isBefore(checkpointDue) || isUnsavedTooMuch();
  }

  private boolean isUnsavedTooMuch() {
    return unsavedCount() >= limits.unsavedMax();
  }

  private int unsavedCount() {
    int count = 0;
    for (Course course : courses) {
      count += course.unsavedCount();
    }
    return count;
  }

  private void checkpoint(Instant now) {
    WriteBatch batch = new WriteBatch();
    List<Coverage> covered = new ArrayList<>(courses.size());
    for (Course course : courses) {
      Coverage current = course.coverage();
      covered.add(current);
      course.stage(batch);
      checkpoints.stage(course, current, batch);
    }
    checkpoints.stageJournalEnd(journalEnd, batch);
    parts.store().write(batch);
    courses.forEach(Course::saved);
    tell(covered, now);
    unsaved = false;
    checkpointDue = now.plus(limits.checkpointEvery());
  }

  /** What is on record is judged, whether or not a checkpoint knows of it. */
  private void tell(List<Coverage> covered, Instant now) {
    coverage = List.copyOf(covered);
    coverageDue = now.plus(limits.coverageEvery());
  }

  List<Suspended> suspended() {
    return courses.stream().flatMap(course -> course.suspended().stream()).toList();
  }

  void resume(CheckName check, String why) {
    courses.stream()
        .filter(course -> course.active().check().name().equals(check))
        .forEach(course -> course.resume(why));
  }

  /** Where it reads next; nothing where there are no checks. */
  Optional<LogOffset> position() {
    LogOffset position = null;
    for (Course course : courses) {
      LogOffset consumed = course.consumed();
      position = position == null || consumed.compareTo(position) < 0 ? consumed : position;
    }
    return Optional.ofNullable(position);
  }

  List<Coverage> coverage() {
    return coverage;
  }

  void close() {
    if (unsaved) {
      checkpoint(parts.clock().instant());
    }
    reader.close();
  }
}
