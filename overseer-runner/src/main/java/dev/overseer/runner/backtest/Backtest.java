package dev.overseer.runner.backtest;

import dev.overseer.checks.Verdict;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.RecordKey;
import dev.overseer.model.ViewDefinition;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.judging.Finding;
import dev.overseer.store.log.ReadableLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A check judges once more what the log holds of some time. Nothing is written anywhere, and nobody
 * is told. Its complete verdicts are those that a live run gives under the same definition and with
 * the same beginning: it is made of the same parts, and only reads the log with less effort.
 *
 * <p>It reads the log in order, once, and hands it to its parts, each of which judges some of the
 * roots.
 */
public final class Backtest {
  private final BacktestRequest request;
  private final BacktestParts parts;
  private final BacktestLimits limits;
  private final Workers workers;
  private final Optional<ReadableLog<JournalEntry>> journal;
  private final Consumer<List<Verdict>> complete;
  private volatile long read;
  private volatile long all;
  private volatile boolean cancelled;

  /**
   * @param journal that the verdicts are compared with; empty: with none
   * @param complete hears of complete verdicts, those of a root in the order of their cuts; it is
   *     called by the threads of all parts
   */
  public Backtest(
      BacktestRequest request,
      BacktestParts parts,
      BacktestLimits limits,
      Workers workers,
      Optional<ReadableLog<JournalEntry>> journal,
      Consumer<List<Verdict>> complete) {
    this.request = request;
    this.parts = parts;
    this.limits = limits;
    this.workers = workers;
    this.journal = journal;
    this.complete = complete;
  }

  /**
   * Reads and judges, on the caller's thread and the workers'. To be called once.
   *
   * @throws InvalidRequest when it is cancelled meanwhile, or the check does not fit its view
   * @throws dev.overseer.model.Unavailable when the log or the index cannot be read
   */
  public BacktestReport run() {
    Instant begun = parts.clock().instant();
    ViewDefinition view = parts.definitions().view(request.check().check().view());
    Optional<LiveComparison> comparison =
        journal.map(it -> new LiveComparison(request, it, limits.listedMax()));
    try (Passage passage = new Passage(view, request.check().from(), parts)) {
      all = passage.end().value() - passage.begin().value();
      List<Part> made = new ArrayList<>();
      for (int i = 0; i < workers.parts(); i++) {
        made.add(part(i, passage, comparison));
      }
      Duration cpu = work(passage, made);
      Duration time = Duration.between(begun, parts.clock().instant());
      return Reporting.report(
          request,
          limits,
          made,
          comparison,
          new Cost(passage.updates(), judgements(made), time, cpu));
    } finally {
      comparison.ifPresent(LiveComparison::close);
    }
  }

  private Part part(int number, Passage passage, Optional<LiveComparison> comparison) {
    return new Part(
        request,
        root -> isOfPart(root, number),
        passage,
        parts,
        limits,
        findings -> {
          comparison.ifPresent(it -> it.said(findings));
          complete.accept(
              findings.stream()
                  .map(Finding::verdict)
                  .filter(verdict -> verdict.trigger().isBefore(request.to()))
                  .toList());
        });
  }

  private boolean isOfPart(RecordKey root, int number) {
    int mixed = root.hashCode() * 0x9E3779B9;
    return Math.floorMod(mixed >>> 8, workers.parts()) == number;
  }

  private Duration work(Passage passage, List<Part> made) {
    EffectiveTime end = made.getFirst().end();
    try (PartThreads threads = new PartThreads(made, workers)) {
      Optional<Stretch> next = passage.next(limits.changesPerStretch());
      while (next.isPresent() && !passage.frontier().isAfter(end)) {
        workers.turn().run();
        requireWanted();
        threads.hand(next.get());
        read = passage.position().value() - passage.begin().value();
        next = passage.next(limits.changesPerStretch());
      }
      next.ifPresent(threads::hand);
      return threads.end();
    }
  }

  private void requireWanted() {
    if (cancelled) {
      throw new InvalidRequest("The backtest was cancelled");
    }
  }

  private static long judgements(List<Part> parts) {
    return parts.stream().mapToLong(Part::judgements).sum();
  }

  /** It ends soon, with an exception. From any thread. */
  public void cancel() {
    cancelled = true;
  }

  public boolean isCancelled() {
    return cancelled;
  }

  /** How many records of the log were read, of {@link #all}. From any thread. */
  public long read() {
    return read;
  }

  /** How many there are to be read, at most; 0 before that is known. */
  public long all() {
    return all;
  }
}
