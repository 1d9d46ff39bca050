package dev.overseer.runner;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.checks.ExecutionStrategy.OneCut;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict.Completeness;
import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import dev.overseer.runner.judging.CutPlanner;
import dev.overseer.runner.judging.CutPlanner.Planned;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.judging.KnownTables;
import dev.overseer.runner.judging.Prepared;
import dev.overseer.runner.scheduling.Agenda;
import dev.overseer.runner.scheduling.AgendaItem;
import dev.overseer.runner.scheduling.AgendaItem.Discovery;
import dev.overseer.runner.scheduling.AgendaItem.Judge;
import dev.overseer.runner.scheduling.AgendaItem.Lull;
import dev.overseer.runner.scheduling.AgendaItem.Select;
import dev.overseer.runner.scheduling.AgendaItem.Sweep;
import dev.overseer.runner.scheduling.AgendaItem.Touch;
import dev.overseer.runner.scheduling.AgendaItem.Waiting;
import dev.overseer.runner.scheduling.Scheduler;
import dev.overseer.runner.scheduling.SourceTimes;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.views.ViewTooLarge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives provisional verdicts on what is known: at once, where the strategy says immediately; or
 * when a trigger has waited for its sources longer than the check allows. It takes nothing off the
 * agenda, so a complete verdict follows each of them.
 *
 * <p>Two updates may ask the same question; it is answered once, as long as the first answer is
 * remembered. Only items in memory are looked at: when many thousands wait, the first of them are
 * answered.
 */
final class Anticipation {
  /** Of a transaction with more, the first are answered at once, and the rest completely. */
  private static final int ARRIVED_MAX = 10_000;

  private static final int TOGETHER_MAX = 256;
  private static final int OVERDUE_MAX = 1000;
  private static final int ANSWERED_MAX = 100_000;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final CheckDefinition<?> check;
  private final SourceTimes times;
  private final Agenda agenda;
  private final Judgements judgements;
  private final Deque<AgendaItem> arrived = new ArrayDeque<>();
  private final Deque<Question> questions = new ArrayDeque<>();
  private final Set<Question> answered = new LinkedHashSet<>();
  private List<AgendaItem> overdue = List.of();
  private @Nullable Awaited<?, Round> awaited;
  private Instant nextLook = Instant.MIN;

  /** A root at a cut, and the trigger that asks. */
  private record Question(RecordKey root, EffectiveTime cut, EffectiveTime trigger) {}

  /** A root, and the time of an update of its view. */
  private record Trigger(RecordKey root, EffectiveTime at) {}

  /** What holds while one step lasts. */
  private record Round(
      Instant now,
      LogOffset knownAt,
      Supplier<Map<SourceName, SourceProgress>> progress,
      List<Finding> findings) {}

  Anticipation(CheckDefinition<?> check, SourceTimes times, Agenda agenda, Judgements judgements) {
    this.check = check;
    this.times = times;
    this.agenda = agenda;
    this.judgements = judgements;
  }

  private boolean answersAtOnce() {
    return check.strategy().answersAtOnce();
  }

  void arrived(AgendaItem item) {
    if (answersAtOnce() && arrived.size() < ARRIVED_MAX) {
      arrived.add(item);
    }
  }

  /**
   * Answers what arrived and what has waited too long, as far as the check's code is prompt; goes
   * on with the rest when it is called again.
   *
   * @param knownAt where the log was read to: what is before that is known
   */
  void answer(
      Instant now,
      LogOffset knownAt,
      Supplier<Map<SourceName, SourceProgress>> progress,
      List<Finding> findings) {
    Round round = new Round(now, knownAt, progress, findings);
    while (land(round) && judgements.gate().isOpen() && (ask(round) || gather(round))) {
      // What is asked may be answered at once.
    }
  }

  private boolean land(Round round) {
    Awaited<?, Round> flight = awaited;
    if (flight != null && flight.land(round)) {
      awaited = null;
    }
    return awaited == null;
  }

  /** Asks some of the questions; when there are none any more, the overdue items are answered. */
  private boolean ask(Round round) {
    if (questions.isEmpty()) {
      overdue.forEach(item -> agenda.swap(item, answered(item)));
      overdue = List.of();
      return false;
    }
    KnownTables known = judgements.known(round.progress().get());
    List<Question> asked = new ArrayList<>();
    List<Prepared<Outcome>> prepared = new ArrayList<>();
    while (!questions.isEmpty() && asked.size() < judgements.gate().askedMax()) {
      Question question = questions.removeFirst();
      if (isOpen(question) && answered.add(question)) {
        AsOf asOf = new AsOf(question.cut(), round.knownAt());
        asked.add(question);
        prepared.add(judgements.prepare(question.root(), asOf, known));
      }
    }
    forget();
    LogOffset knownAt = round.knownAt();
    awaited =
        new Awaited<>(
            judgements.judge(prepared),
            (outcomes, later) -> conclude(asked, knownAt, outcomes, later));
    return true;
  }

  private void conclude(
      List<Question> asked, LogOffset knownAt, List<Outcome> outcomes, Round round) {
    for (int i = 0; i < outcomes.size(); i++) {
      if (isOpen(asked.get(i))) {
        round.findings().add(finding(asked.get(i), knownAt, outcomes.get(i), round));
      }
    }
    for (Question left : asked.subList(outcomes.size(), asked.size()).reversed()) {
      answered.remove(left);
      questions.addFirst(left);
    }
  }

  /** What can be completed by now is not answered before that. */
  private boolean isOpen(Question question) {
    return !question.cut().isBefore(times.frontier());
  }

  private Finding finding(Question question, LogOffset knownAt, Outcome outcome, Round round) {
    return judgements.finding(
        question.root(),
        question.trigger(),
        new AsOf(question.cut(), knownAt),
        new Completeness.Provisional(times.staleAt(question.cut())),
        outcome,
        false,
        round.progress().get());
  }

  /** Makes questions of items that have arrived, or waited too long. */
  private boolean gather(Round round) {
    List<AgendaItem> items = new ArrayList<>();
    while (!arrived.isEmpty() && items.size() < TOGETHER_MAX) {
      items.add(arrived.removeFirst());
    }
    items.removeIf(item -> item.at().isBefore(times.frontier()));
    if (items.isEmpty() && arrived.isEmpty()) {
      overdue = lookForOverdue(round.now());
      items.addAll(overdue);
    }
    if (!items.isEmpty()) {
      question(items, round);
    }
    return !items.isEmpty() || !arrived.isEmpty();
  }

  private List<AgendaItem> lookForOverdue(Instant now) {
    if (check.strategy() instanceof ExecutionStrategy.Immediately || now.isBefore(nextLook)) {
      return List.of();
    }
    nextLook = now.plus(LOOK_EVERY);
    List<AgendaItem> found = new ArrayList<>();
    for (Iterable<? extends AgendaItem> lane : agenda.nearItems()) {
      addOverdue(lane, now.minus(check.waitMax()), found);
    }
    return found;
  }

  private void addOverdue(
      Iterable<? extends AgendaItem> lane, Instant before, List<AgendaItem> found) {
    for (AgendaItem item : lane) {
      if (found.size() >= OVERDUE_MAX || !lastCut(item).toInstant().isBefore(before)) {
        return;
      }
      boolean waitedLong = item.waiting().sinceMillis() < before.toEpochMilli();
      if (waitedLong && !item.waiting().answered() && !item.at().isBefore(times.frontier())) {
        found.add(item);
      }
    }
  }

  private EffectiveTime lastCut(AgendaItem item) {
    return switch (item) {
      case Select _, Touch _, Lull _, Sweep _, Discovery _ ->
          item.at().plus(Scheduler.delay(check.strategy()));
      case Judge judge -> judge.at();
    };
  }

  private void question(List<AgendaItem> items, Round round) {
    Set<Trigger> triggers = new LinkedHashSet<>();
    Set<Question> found = new LinkedHashSet<>();
    for (AgendaItem item : items) {
      switch (item) {
        case Select select when select.triggers() && isTold() ->
            rootsOf(select).forEach(root -> triggers.add(new Trigger(root, select.at())));
        case Touch touch when touch.triggers() && isTold() ->
            triggers.add(new Trigger(touch.root(), touch.at()));
        case Select _, Touch _, Lull _, Sweep _, Discovery _ -> {}
        case Judge judge -> found.add(new Question(judge.root(), judge.at(), judge.trigger()));
      }
    }
    questions.addAll(found);
    if (!triggers.isEmpty()) {
      plan(List.copyOf(triggers), round);
    }
  }

  private Set<RecordKey> rootsOf(Select select) {
    try {
      return judgements.rootsOf(select);
    } catch (ViewTooLarge tooLarge) {
      // Completion will put the error on record.
      return Set.of();
    }
  }

  private void plan(List<Trigger> triggers, Round round) {
    if (check.strategy().ofTrigger() instanceof ExecutionStrategy.Custom<?>) {
      List<CutPlanner.Asked> asked =
          triggers.stream()
              .map(it -> new CutPlanner.Asked(it.root(), new AsOf(it.at(), round.knownAt())))
              .toList();
      awaited =
          new Awaited<>(
              judgements.plan(asked, judgements.known(round.progress().get())),
              (planned, _) -> planned(triggers, planned));
    } else {
      for (Trigger trigger : triggers) {
        for (Duration delay : delays()) {
          EffectiveTime cut = trigger.at().plus(delay);
          questions.add(new Question(trigger.root(), cut, trigger.at()));
        }
      }
    }
  }

  /** Whether a trigger is known to count as it arrives: not where bursts are awaited to end. */
  private boolean isTold() {
    return switch (check.strategy()) {
      case ExecutionStrategy.Debounced _ -> false;
      case ExecutionStrategy.OfTrigger _ -> true;
    };
  }

  /** How long after a trigger its cuts are: what has just arrived is only asked about at once. */
  private List<Duration> delays() {
    return check.strategy() instanceof ExecutionStrategy.AtEach(List<OneCut> parts)
        ? parts.stream()
            .filter(part -> !overdue.isEmpty() || part.answersAtOnce())
            .map(OneCut::delay)
            .toList()
        : List.of(Scheduler.delay(check.strategy()));
  }

  /** What could not be planned is found again, if it is overdue. */
  private void planned(List<Trigger> triggers, List<Planned> planned) {
    if (planned.size() < triggers.size()) {
      overdue = List.of();
    }
    for (int i = 0; i < planned.size(); i++) {
      Trigger trigger = triggers.get(i);
      List<EffectiveTime> cuts =
          switch (planned.get(i)) {
            case Planned.Cuts(List<EffectiveTime> said) -> said;
            case Planned.Instead _ -> List.of(trigger.at());
          };
      cuts.forEach(cut -> questions.add(new Question(trigger.root(), cut, trigger.at())));
    }
  }

  /** Of what is complete by now there will be no more questions. */
  private void forget() {
    if (answered.size() > ANSWERED_MAX) {
      answered.removeIf(question -> question.cut().isBefore(times.frontier()));
    }
    var eldest = answered.iterator();
    for (int excess = answered.size() - ANSWERED_MAX; excess > 0; excess--) {
      eldest.next();
      eldest.remove();
    }
  }

  private static AgendaItem answered(AgendaItem item) {
    Waiting waiting = new Waiting(item.waiting().sinceMillis(), true);
    return switch (item) {
      case Select select ->
          new Select(
              select.at(),
              select.alias(),
              select.record(),
              select.since(),
              select.triggers(),
              waiting);
      case Touch touch -> new Touch(touch.at(), touch.root(), touch.triggers(), waiting);
      case Lull lull -> new Lull(lull.at(), lull.root(), lull.trigger(), lull.counts(), waiting);
      case Sweep sweep ->
          new Sweep(
              sweep.at(), sweep.alias(), sweep.since(), sweep.after(), sweep.triggers(), waiting);
      case Discovery discovery -> new Discovery(discovery.at(), discovery.after(), waiting);
      case Judge judge ->
          new Judge(judge.at(), judge.root(), judge.trigger(), judge.why(), waiting);
    };
  }
}
