package dev.overseer.runner;

import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.scheduling.Agenda;
import dev.overseer.runner.scheduling.AgendaItem;
import dev.overseer.runner.scheduling.AgendaItem.Discovery;
import dev.overseer.runner.scheduling.AgendaItem.Judge;
import dev.overseer.runner.scheduling.AgendaItem.Lull;
import dev.overseer.runner.scheduling.AgendaItem.Select;
import dev.overseer.runner.scheduling.AgendaItem.Sweep;
import dev.overseer.runner.scheduling.AgendaItem.Touch;
import dev.overseer.runner.scheduling.AgendaItem.Waiting;
import dev.overseer.runner.scheduling.RootStates;
import dev.overseer.runner.scheduling.Scheduler;
import dev.overseer.runner.scheduling.SourceTimes;
import dev.overseer.runner.selection.Changed;
import dev.overseer.runner.selection.Selector;
import dev.overseer.store.keyvalue.WriteBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One check on its way through source time once more, with nothing remembered and nobody told: what
 * the log brought is handed to it, and it gives the complete verdicts that a live run gives. It
 * judges some roots only, so that several of them share the work: what one says of a root does not
 * depend on others. Belongs to one thread.
 */
public final class CheckReplay {
  private static final Waiting UNTIMED = new Waiting(0, false);
  private static final int COURSE = 1;

  private final ActiveCheck active;
  private final EffectiveTime to;
  private final Predicate<RecordKey> judged;
  private final RunnerParts parts;
  private final RunnerLimits limits;
  private final Selector selector;
  private final SourceTimes times;
  private final Agenda agenda;
  private final RootStates roots;
  private final Judgements judgements;
  private final Scheduler scheduler;
  private final Completion completion;

  /**
   * @param to updates of this time and later trigger nothing, but still close windows and heal
   * @param judged the roots that are judged here
   * @param parts with an empty store, which is this replay's alone; nothing is recorded
   */
  public CheckReplay(
      ActiveCheck active,
      EffectiveTime to,
      Predicate<RecordKey> judged,
      RunnerParts parts,
      RunnerLimits limits) {
    this.active = active;
    this.to = to;
    this.judged = judged;
    this.parts = parts;
    this.limits = limits;
    this.judgements = new Judgements(active, parts);
    ViewDefinition view = parts.definitions().view(active.check().view());
    ExecutionStrategy strategy = active.check().strategy();
    boolean delayVaries = Scheduler.delayVaries(strategy);
    this.selector = new Selector(active.check(), view);
    this.times = new SourceTimes(judgements.sources());
    this.agenda = new Agenda(parts.store(), COURSE, delayVaries, limits.nearMax());
    this.roots = new RootStates(parts.store(), COURSE, limits.nearMax());
    this.scheduler = new Scheduler(strategy, agenda, roots, judgements::windowsSeenSince);
    this.completion = new Completion(strategy, agenda, roots, scheduler, judgements);
  }

  /** Puts what an update changed on the agenda. */
  public void plan(Changed change, EffectiveTime at) {
    selector.select(change, at, UNTIMED, this::arrive);
  }

  /** A table of {@code model} is known from {@code at} on. */
  public void discover(ModelName model, EffectiveTime at) {
    if (selector.models().contains(model) && at.isBefore(to)) {
      agenda.add(new Discovery(at, Optional.empty(), UNTIMED));
    }
  }

  private void arrive(AgendaItem item) {
    if (item instanceof Touch touch && !judged.test(touch.root())) {
      return;
    }
    scheduler.arrived(item.at().isBefore(to) ? item : untriggering(item));
  }

  private static AgendaItem untriggering(AgendaItem item) {
    return switch (item) {
      case Select it -> new Select(it.at(), it.alias(), it.record(), it.since(), false, UNTIMED);
      case Touch it -> new Touch(it.at(), it.root(), false, UNTIMED);
      case Sweep it -> new Sweep(it.at(), it.alias(), it.since(), it.after(), false, UNTIMED);
      case Discovery _, Lull _, Judge _ -> item;
    };
  }

  /** Everything of the source with an effective time below {@code watermark} was handed over. */
  public void heard(SourceName source, EffectiveTime watermark) {
    times.heard(source, watermark);
  }

  /**
   * Judges everything before the frontier, in source time; {@code said} hears of some at a time.
   */
  public void judge(Consumer<List<Finding>> said) {
    EffectiveTime frontier = times.frontier();
    boolean more = agenda.firstBefore(frontier) != null;
    while (more) {
      judgements.gate().look();
      List<Finding> findings = new ArrayList<>();
      more =
          completion.advance(frontier, limits.itemsPerStep(), parts.index().progress(), findings);
      findings.removeIf(finding -> !judged.test(finding.verdict().root()));
      said.accept(findings);
      saveIfMany();
    }
    saveIfMany();
  }

  private void saveIfMany() {
    if (agenda.unsavedCount() + roots.unsavedCount() >= limits.unsavedMax()) {
      WriteBatch batch = new WriteBatch();
      agenda.stage(batch);
      roots.stage(batch);
      parts.store().write(batch);
      agenda.saved();
      roots.saved();
    }
  }

  /** Everything before this is judged. */
  public EffectiveTime frontier() {
    return times.frontier();
  }

  /** From when on nothing that it may still say is of a trigger before its end. */
  public EffectiveTime end() {
    Duration delay = Scheduler.delay(active.check().strategy());
    return to.plus(delay).plus(ExecutionStrategy.SETTLE);
  }

  /** How many triggers, or what may trigger, wait for sources to be heard further. */
  public long pending() {
    return agenda.size();
  }
}
