package dev.overseer.runner.backtest;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.CheckReplay;
import dev.overseer.runner.judging.Finding;
import dev.overseer.store.index.PassedIndex;
import dev.overseer.store.log.PassedLog;
import java.util.List;
import java.util.function.Predicate;

/**
 * Judges some of the roots. What was read lately of the log is in its memory, so that most views
 * need no look at the disk. Belongs to one thread at a time.
 */
final class Part {
  private final PassedIndex index;
  private final PassedLog log;
  private final CountedCalls calls;
  private final CheckReplay replay;
  private final Tally tally;
  private final Listener listener;

  /** Hears of complete verdicts, of each root in the order of their cuts. */
  interface Listener {
    void said(List<Finding> findings);
  }

  Part(
      BacktestRequest request,
      Predicate<RecordKey> roots,
      Passage passage,
      BacktestParts parts,
      BacktestLimits limits,
      Listener listener) {
    this.index =
        new PassedIndex(parts.index(), passage.begin(), !passage.hasForked(), limits.keptMax());
    this.log = new PassedLog(parts.log(), limits.passedRecords(), limits.passedBytes());
    this.calls = new CountedCalls(parts.calls().apply(request.check().check()));
    this.replay =
        new CheckReplay(
            request.check(),
            request.to(),
            roots,
            parts.judging(index, log, views -> new PartOfRoots(views, roots), calls),
            limits.runner());
    this.tally = new Tally(request.to(), limits.listedMax());
    this.listener = listener;
  }

  void take(Stretch stretch) {
    index.passed(stretch.end());
    stretch.steps().forEach(this::take);
    replay.judge(
        findings -> {
          findings.forEach(tally::add);
          listener.said(findings);
        });
  }

  private void take(Step step) {
    switch (step) {
      case Step.Change change -> pass(change);
      case Step.Unclear(RecordKey record) -> index.forget(record);
      case Step.Update(var changed, EffectiveTime at) -> replay.plan(changed, at);
      case Step.Heard(var source, EffectiveTime watermark) -> replay.heard(source, watermark);
      case Step.Discovered(var model, EffectiveTime at) -> replay.discover(model, at);
    }
  }

  private void pass(Step.Change change) {
    for (Step.OfRecord of : change.records()) {
      log.pass(of.update().change(), change.change());
      index.pass(of.record(), of.update(), of.references());
    }
  }

  Tally tally() {
    return tally;
  }

  long judgements() {
    return calls.count();
  }

  long pending() {
    return replay.pending();
  }

  EffectiveTime end() {
    return replay.end();
  }

  EffectiveTime frontier() {
    return replay.frontier();
  }
}
