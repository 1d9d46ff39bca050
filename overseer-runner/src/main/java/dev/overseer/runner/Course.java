package dev.overseer.runner;

import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.ModelName;
import dev.overseer.model.SourceName;
import dev.overseer.runner.coverage.Coverage;
import dev.overseer.runner.journal.JournalEntry.SweepWent;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.scheduling.Agenda;
import dev.overseer.runner.scheduling.AgendaItem;
import dev.overseer.runner.scheduling.AgendaItem.Discovery;
import dev.overseer.runner.scheduling.AgendaItem.Touch;
import dev.overseer.runner.scheduling.AgendaItem.Waiting;
import dev.overseer.runner.scheduling.RootStates;
import dev.overseer.runner.scheduling.Scheduler;
import dev.overseer.runner.scheduling.SourceTimes;
import dev.overseer.runner.selection.Changed;
import dev.overseer.runner.selection.Selector;
import dev.overseer.runner.sweep.Sweep;
import dev.overseer.runner.sweep.Sweeps;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.store.keyvalue.WriteBatch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One check under one definition on its way through source time: what it has read of the log, what
 * is on its agenda, and what it remembers of its roots.
 */
final class Course {
  private final int id;
  private final ActiveCheck active;
  private final Selector selector;
  private final SourceTimes times;
  private final Agenda agenda;
  private final RootStates roots;
  private final Judgements judgements;
  private final Scheduler scheduler;
  private final Completion completion;
  private final Anticipation anticipation;
  private final Sweep sweep;
  private LogOffset consumed;

  Course(
      int id,
      ActiveCheck active,
      Selector selector,
      SourceTimes times,
      Agenda agenda,
      RootStates roots,
      Judgements judgements,
      Sweeps sweeps,
      LogOffset consumed) {
    this.id = id;
    this.active = active;
    this.selector = selector;
    this.times = times;
    this.agenda = agenda;
    this.roots = roots;
    this.judgements = judgements;
    ExecutionStrategy strategy = active.check().strategy();
    this.scheduler = new Scheduler(strategy, agenda, roots, judgements::windowsSeenSince);
    this.completion = new Completion(strategy, agenda, roots, scheduler, judgements);
    this.anticipation = new Anticipation(active.check(), times, agenda, judgements);
    this.sweep = new Sweep(active.check().name(), active.definition(), judgements::roots, sweeps);
    this.consumed = consumed;
  }

  int id() {
    return id;
  }

  ActiveCheck active() {
    return active;
  }

  LogOffset consumed() {
    return consumed;
  }

  Set<ModelName> models() {
    return selector.models();
  }

  EffectiveTime frontier() {
    return times.frontier();
  }

  /** Before it changes may have been deleted, and verdicts could not be complete. */
  EffectiveTime horizon(Map<SourceName, SourceProgress> progress) {
    EffectiveTime horizon = EffectiveTime.MIN;
    for (SourceName source : judgements.sources()) {
      SourceProgress known = progress.get(source);
      horizon = known == null ? horizon : horizon.max(known.horizon());
    }
    return horizon;
  }

  Map<SourceName, EffectiveTime> watermarks() {
    return times.watermarks();
  }

  /** Whether what the record at {@code offset} changed, as of {@code at}, is of interest. */
  boolean wants(LogOffset offset, SourceName source, EffectiveTime at) {
    return isNew(offset) && times.has(source) && !at.isBefore(active.from());
  }

  private boolean isNew(LogOffset offset) {
    return offset.compareTo(consumed) >= 0;
  }

  /** Puts what a transaction changed on the agenda. */
  void plan(List<Changed> changes, EffectiveTime at, Instant arrival) {
    Waiting waiting = new Waiting(arrival.toEpochMilli(), false);
    for (Changed change : changes) {
      selector.select(change, at, waiting, this::arrive);
    }
  }

  /** A table of {@code model} is known from {@code at} on. */
  void discover(ModelName model, EffectiveTime at, Instant arrival) {
    if (models().contains(model)) {
      Waiting waiting = new Waiting(arrival.toEpochMilli(), false);
      scheduler.arrived(new Discovery(at, Optional.empty(), waiting));
    }
  }

  private void arrive(AgendaItem item) {
    scheduler.arrived(item);
    anticipation.arrived(item);
  }

  /** Everything of the log before {@code next} was read, and its source is known up to there. */
  void heard(SourceName source, EffectiveTime watermark, LogOffset next) {
    if (next.compareTo(consumed) > 0) {
      times.heard(source, watermark);
      consumed = next;
    }
  }

  void read(LogOffset next) {
    if (next.compareTo(consumed) > 0) {
      consumed = next;
    }
  }

  /**
   * Works the agenda off up to the frontier.
   *
   * @return whether there is more to do at once
   */
  boolean complete(
      int itemsMax, Supplier<Map<SourceName, SourceProgress>> progress, List<Finding> findings) {
    judgements.gate().look();
    return isDue() && completion.advance(times.frontier(), itemsMax, progress.get(), findings);
  }

  private boolean isDue() {
    return completion.isUnderWay() || agenda.firstBefore(times.frontier()) != null;
  }

  /** Answers what cannot be completed yet, where the check asks for that. */
  void anticipate(
      Instant now, Supplier<Map<SourceName, SourceProgress>> progress, List<Finding> findings) {
    anticipation.answer(now, consumed, progress, findings);
  }

  /** Triggers what a sweep wants judged, mostly when the check has nothing else to do. */
  void sweep(Instant now, Supplier<Map<SourceName, SourceProgress>> progress) {
    sweep.step(now, new Standing(this, progress)).ifPresent(this::trigger);
  }

  /** What a sweep has triggered, which is on record, and which may be on the agenda already. */
  void trigger(SweepWent went) {
    Waiting waiting = new Waiting(went.at().toEpochMilli(), false);
    went.roots().forEach(root -> scheduler.arrived(new Touch(went.trigger(), root, true, waiting)));
  }

  /** How the check stands, for its sweep. */
  private record Standing(Course course, Supplier<Map<SourceName, SourceProgress>> progress)
      implements Sweep.Course {
    @Override
    public EffectiveTime frontier() {
      return course.frontier();
    }

    @Override
    public EffectiveTime covered() {
      return course.coveredUpTo();
    }

    @Override
    public boolean isBusy() {
      return course.isDue();
    }

    @Override
    public Optional<String> hindrance() {
      return course.judgements.hindrance(frontier(), progress);
    }
  }

  Coverage coverage() {
    long due = agenda.countDueBefore(times.latest(), active.check().strategy());
    return new Coverage(
        active.check().name(),
        active.definition(),
        active.from(),
        coveredUpTo(),
        roots.failing(),
        roots.inconclusive(),
        roots.errored(),
        agenda.size() - due,
        due);
  }

  /** Everything up to there is selected and judged. */
  private EffectiveTime coveredUpTo() {
    return agenda.earliestTrigger().orElse(EffectiveTime.MAX).min(times.frontier()).previous();
  }

  /** Whether nothing of it is judged for the present, because of what the check does. */
  Optional<Suspended> suspended() {
    return judgements.gate().suspended();
  }

  void resume(String why) {
    judgements.gate().resume(why);
  }

  int unsavedCount() {
    return agenda.unsavedCount() + roots.unsavedCount();
  }

  void stage(WriteBatch batch) {
    agenda.stage(batch);
    roots.stage(batch);
  }

  void saved() {
    agenda.saved();
    roots.saved();
  }
}
