package dev.overseer.runner.backtest;

import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.backtest.Episode.DecidedBy;
import dev.overseer.runner.judging.Evidence.Decider;
import dev.overseer.runner.judging.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the verdicts of one part come to, which are of some roots alone. Belongs to one thread. */
final class Tally {
  private static final int ERRORS_MAX = 10;
  private static final int UNLISTED = -1;

  private final EffectiveTime to;
  private final int listedMax;
  private final long[] counts = new long[5];
  private final Map<RecordKey, Integer> failing = new HashMap<>();
  private final List<Episode> episodes = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private final List<Duration> waits = new ArrayList<>();
  private long failures;
  private long byDeadline;

  Tally(EffectiveTime to, int listedMax) {
    this.to = to;
    this.listedMax = listedMax;
  }

  void add(Finding finding) {
    Verdict verdict = finding.verdict();
    if (verdict.trigger().isBefore(to)) {
      counts[place(verdict.outcome())]++;
    }
    switch (verdict.outcome()) {
      case Outcome.Passed _ -> heal(verdict);
      case Outcome.Failed failed -> fail(finding, failed);
      case Outcome.Errored(String error) -> {
        if (errors.size() < ERRORS_MAX) {
          errors.add("%s at %s: %s".formatted(verdict.root(), verdict.cut(), error));
        }
      }
      case Outcome.Inconclusive _, Outcome.NotApplicable _ -> {}
    }
  }

  private static int place(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed _ -> 0;
      case Outcome.Failed _ -> 1;
      case Outcome.Inconclusive _ -> 2;
      case Outcome.NotApplicable _ -> 3;
      case Outcome.Errored _ -> 4;
    };
  }

  private void heal(Verdict verdict) {
    Integer place = failing.isEmpty() ? null : failing.remove(verdict.root());
    if (place != null && place != UNLISTED) {
      episodes.set(place, episodes.get(place).healed(verdict.cut()));
    }
  }

  private void fail(Finding finding, Outcome.Failed failed) {
    Verdict verdict = finding.verdict();
    if (failing.containsKey(verdict.root())) {
      return;
    }
    failures++;
    boolean isListed = episodes.size() < listedMax;
    failing.put(verdict.root(), isListed ? episodes.size() : UNLISTED);
    if (isListed) {
      episodes.add(
          new Episode(
              verdict.root(),
              verdict.trigger(),
              verdict.cut(),
              failed.reasons(),
              decidedBy(finding),
              Optional.empty()));
    }
  }

  /** Only of failures that are listed, for it takes a look at their evidence. */
  private DecidedBy decidedBy(Finding finding) {
    return switch (finding.basis().evidence().decider()) {
      case Decider.Deadline() -> {
        byDeadline++;
        yield new DecidedBy(true, Duration.ZERO);
      }
      case Decider.LatestUpdate(EffectiveTime at, _) -> {
        Duration wait = Duration.between(at.toInstant(), finding.verdict().cut().toInstant());
        waits.add(wait);
        yield new DecidedBy(false, wait);
      }
    };
  }

  OutcomeCounts outcomes() {
    return new OutcomeCounts(counts[0], counts[1], counts[2], counts[3], counts[4]);
  }

  long failures() {
    return failures;
  }

  long failing() {
    return failing.size();
  }

  List<Episode> episodes() {
    return episodes;
  }

  List<String> errors() {
    return errors;
  }

  List<Duration> waits() {
    return waits;
  }

  long byDeadline() {
    return byDeadline;
  }
}
