package dev.overseer.runner;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict.Completeness;
import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import dev.overseer.runner.judging.CutPlanner.Planned;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.judging.KnownTables;
import dev.overseer.runner.judging.Prepared;
import dev.overseer.runner.scheduling.Agenda;
import dev.overseer.runner.scheduling.AgendaItem;
import dev.overseer.runner.scheduling.AgendaItem.Discovery;
import dev.overseer.runner.scheduling.AgendaItem.Judge;
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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
  private static final int ANSWERS_MAX = 1000;
  private static final int ANSWERED_MAX = 100_000;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final CheckDefinition<?> check;
  private final SourceTimes times;
  private final Agenda agenda;
  private final Judgements judgements;
  private final Set<Question> answered = new LinkedHashSet<>();
  private Instant nextLook = Instant.MIN;

  /** A root at a cut, and the trigger that asks. */
  private record Question(RecordKey root, EffectiveTime cut, EffectiveTime trigger) {}

  Anticipation(CheckDefinition<?> check, SourceTimes times, Agenda agenda, Judgements judgements) {
    this.check = check;
    this.times = times;
    this.agenda = agenda;
    this.judgements = judgements;
  }

  boolean answersAtOnce() {
    return check.strategy() instanceof ExecutionStrategy.Immediately;
  }

  /** Answers items as they arrive, on what the log held before {@code knownAt}. */
  void answer(
      List<AgendaItem> items,
      LogOffset knownAt,
      Map<SourceName, SourceProgress> progress,
      List<Finding> findings) {
    KnownTables known = judgements.known(progress);
    Set<Question> questions = new LinkedHashSet<>();
    items.stream()
        .filter(item -> !item.at().isBefore(times.frontier()))
        .flatMap(item -> questions(item, knownAt, known))
        .forEach(questions::add);
    answer(questions, knownAt, known, progress, findings);
  }

  /** Answers items that have waited too long, if it is time to look for them again. */
  void answerOverdue(
      Instant now,
      LogOffset knownAt,
      Supplier<Map<SourceName, SourceProgress>> progress,
      List<Finding> findings) {
    if (answersAtOnce() || now.isBefore(nextLook)) {
      return;
    }
    nextLook = now.plus(LOOK_EVERY);
    List<AgendaItem> overdue = new ArrayList<>();
    for (Iterable<? extends AgendaItem> lane : agenda.nearItems()) {
      addOverdue(lane, now.minus(check.waitMax()), overdue);
    }
    if (!overdue.isEmpty()) {
      Map<SourceName, SourceProgress> current = progress.get();
      KnownTables known = judgements.known(current);
      Set<Question> questions = new LinkedHashSet<>();
      overdue.stream().flatMap(item -> questions(item, knownAt, known)).forEach(questions::add);
      answer(questions, knownAt, known, current, findings);
      overdue.forEach(item -> agenda.replace(answered(item)));
    }
  }

  private void addOverdue(
      Iterable<? extends AgendaItem> lane, Instant before, List<AgendaItem> overdue) {
    for (AgendaItem item : lane) {
      if (overdue.size() >= ANSWERS_MAX || !lastCut(item).toInstant().isBefore(before)) {
        return;
      }
      boolean waitedLong = item.waiting().sinceMillis() < before.toEpochMilli();
      if (waitedLong && !item.waiting().answered() && !item.at().isBefore(times.frontier())) {
        overdue.add(item);
      }
    }
  }

  private EffectiveTime lastCut(AgendaItem item) {
    return switch (item) {
      case Select _, Touch _, Sweep _, Discovery _ ->
          item.at().plus(Scheduler.delay(check.strategy()));
      case Judge judge -> judge.at();
    };
  }

  private Stream<Question> questions(AgendaItem item, LogOffset knownAt, KnownTables known) {
    return switch (item) {
      case Select select when select.triggers() ->
          rootsOf(select).stream().flatMap(root -> questions(root, select.at(), knownAt, known));
      case Touch touch when touch.triggers() -> questions(touch.root(), touch.at(), knownAt, known);
      case Select _, Touch _, Sweep _, Discovery _ -> Stream.empty();
      case Judge judge -> Stream.of(new Question(judge.root(), judge.at(), judge.trigger()));
    };
  }

  private Set<RecordKey> rootsOf(Select select) {
    try {
      return judgements.rootsOf(select);
    } catch (ViewTooLarge tooLarge) {
      // Completion will put the error on record.
      return Set.of();
    }
  }

  private Stream<Question> questions(
      RecordKey root, EffectiveTime trigger, LogOffset knownAt, KnownTables known) {
    return check.strategy() instanceof ExecutionStrategy.Custom<?>
        ? customCuts(root, trigger, knownAt, known)
        : Stream.of(new Question(root, trigger.plus(Scheduler.delay(check.strategy())), trigger));
  }

  private Stream<Question> customCuts(
      RecordKey root, EffectiveTime trigger, LogOffset knownAt, KnownTables known) {
    return switch (judgements.plan(root, new AsOf(trigger, knownAt), known)) {
      case Planned.Cuts(List<EffectiveTime> cuts) ->
          cuts.stream().map(cut -> new Question(root, cut, trigger));
      case Planned.Instead _ -> Stream.of(new Question(root, trigger, trigger));
    };
  }

  private void answer(
      Set<Question> questions,
      LogOffset knownAt,
      KnownTables known,
      Map<SourceName, SourceProgress> progress,
      List<Finding> findings) {
    questions.removeIf(question -> !answered.add(question));
    forget();
    List<Prepared<Outcome>> prepared = new ArrayList<>(questions.size());
    for (Question question : questions) {
      prepared.add(judgements.prepare(question.root(), new AsOf(question.cut(), knownAt), known));
    }
    List<Outcome> outcomes = judgements.judge(prepared);
    int next = 0;
    for (Question question : questions) {
      findings.add(
          judgements.finding(
              question.root(),
              question.trigger(),
              new AsOf(question.cut(), knownAt),
              new Completeness.Provisional(times.staleAt(question.cut())),
              outcomes.get(next++),
              false,
              progress));
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
      case Sweep sweep ->
          new Sweep(
              sweep.at(), sweep.alias(), sweep.since(), sweep.after(), sweep.triggers(), waiting);
      case Discovery discovery -> new Discovery(discovery.at(), discovery.after(), waiting);
      case Judge judge ->
          new Judge(judge.at(), judge.root(), judge.trigger(), judge.why(), waiting);
    };
  }
}
