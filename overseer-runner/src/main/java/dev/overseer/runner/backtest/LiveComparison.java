package dev.overseer.runner.backtest;

import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.SweepWent;
import dev.overseer.runner.judging.Finding;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the backtest's complete verdicts against those that the journal has. Both come mostly in
 * the order of their cuts, so the journal is read as far as the backtest has come, and what was
 * found on both sides is forgotten. Safe for many threads.
 */
final class LiveComparison implements AutoCloseable {
  /** When so many have no counterpart yet, the oldest of them will hardly find one. */
  private static final int WAITING_MAX = 1_000_000;

  private static final Comparator<Difference> BY_CUT =
      Comparator.comparing(Difference::cut).thenComparing(Difference::root);

  private final BacktestRequest request;
  private final int listedMax;
  private final LogReader<JournalEntry> journal;
  private final Map<Question, Outcome> ours = new HashMap<>();
  private final Map<Question, Outcome> live = new HashMap<>();
  private final Set<RecordKey> failedBefore = new HashSet<>();
  private final Set<EffectiveTime> swept = new HashSet<>();
  private final List<Difference> listed = new ArrayList<>();
  private EffectiveTime readUpTo = EffectiveTime.MIN;
  private long same;
  private long otherOutcome;
  private long onlyLive;
  private long onlyBacktest;
  private long carried;

  /** What two verdicts must share to answer the same. */
  private record Question(RecordKey root, EffectiveTime trigger, EffectiveTime cut) {
    static Question of(Verdict verdict) {
      return new Question(verdict.root(), verdict.trigger(), verdict.cut());
    }
  }

  LiveComparison(BacktestRequest request, ReadableLog<JournalEntry> journal, int listedMax) {
    this.request = request;
    this.listedMax = listedMax;
    this.journal = journal.reader(LogOffset.ZERO);
  }

  synchronized void said(List<Finding> findings) {
    EffectiveTime upTo = readUpTo;
    for (Finding finding : findings) {
      Verdict verdict = finding.verdict();
      if (verdict.trigger().isBefore(request.to())) {
        weSay(Question.of(verdict), verdict.outcome());
        upTo = upTo.max(verdict.cut());
      }
    }
    readJournal(upTo);
    settleOldest();
  }

  private void weSay(Question question, Outcome outcome) {
    Outcome recorded = live.remove(question);
    if (recorded == null) {
      ours.put(question, outcome);
    } else {
      compare(question, recorded, outcome);
    }
  }

  private void liveSaid(Question question, Outcome outcome) {
    Outcome own = ours.remove(question);
    if (own == null) {
      live.put(question, outcome);
    } else {
      compare(question, outcome, own);
    }
  }

  private void compare(Question question, Outcome recorded, Outcome own) {
    if (recorded.equals(own)) {
      same++;
    } else {
      otherOutcome++;
      list(question, Optional.of(recorded), Optional.of(own));
    }
  }

  private void readJournal(EffectiveTime upTo) {
    while (readUpTo.compareTo(upTo) <= 0 && journal.next()) {
      JournalEntry entry = journal.record();
      if (entry instanceof SweepWent went && went.check().equals(request.check().check().name())) {
        swept.add(went.trigger());
      }
      entry
          .wholeVerdicts()
          .filter(Verdict::isComplete)
          .filter(verdict -> verdict.check().equals(request.check().check().name()))
          .forEach(this::recorded);
    }
  }

  private void recorded(Verdict verdict) {
    readUpTo = readUpTo.max(verdict.cut());
    if (verdict.trigger().isBefore(request.check().from())) {
      switch (verdict.outcome()) {
        case Outcome.Failed _ -> failedBefore.add(verdict.root());
        case Outcome.Passed _ -> failedBefore.remove(verdict.root());
        case Outcome.Inconclusive _, Outcome.NotApplicable _, Outcome.Errored _ -> {}
      }
    } else if (swept.contains(verdict.trigger())) {
      carried++;
      if (verdict.outcome() instanceof Outcome.Failed) {
        failedBefore.add(verdict.root());
      }
    } else if (verdict.trigger().isBefore(request.to())) {
      liveSaid(Question.of(verdict), verdict.outcome());
    }
  }

  private void settleOldest() {
    if (ours.size() + live.size() > WAITING_MAX) {
      settle();
    }
  }

  private void settle() {
    live.forEach(
        (question, outcome) -> {
          if (failedBefore.contains(question.root())) {
            carried++;
          } else {
            onlyLive++;
            list(question, Optional.of(outcome), Optional.empty());
          }
        });
    ours.forEach(
        (question, outcome) -> {
          onlyBacktest++;
          list(question, Optional.empty(), Optional.of(outcome));
        });
    live.clear();
    ours.clear();
  }

  private void list(Question question, Optional<Outcome> ofLive, Optional<Outcome> ofBacktest) {
    listed.add(
        new Difference(question.root(), question.trigger(), question.cut(), ofLive, ofBacktest));
    if (listed.size() >= 2 * listedMax) {
      keepFirst();
    }
  }

  private void keepFirst() {
    listed.sort(BY_CUT);
    if (listed.size() > listedMax) {
      listed.subList(listedMax, listed.size()).clear();
    }
  }

  /** To be asked once, when all was said. */
  synchronized Differences differences() {
    readJournal(EffectiveTime.MAX);
    settle();
    keepFirst();
    return new Differences(same, otherOutcome, onlyLive, onlyBacktest, carried, listed);
  }

  @Override
  public void close() {
    journal.close();
  }
}
