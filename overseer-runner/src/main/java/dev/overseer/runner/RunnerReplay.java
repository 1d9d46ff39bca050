package dev.overseer.runner;

import dev.overseer.checks.Verdict;
import dev.overseer.model.LogOffset;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.judging.VerdictRecorder;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import java.util.List;
import java.util.function.Consumer;

/**
 * Judges a log again from its beginning, with nothing remembered and nobody told. Its complete
 * verdicts are those of the live run, in the order of each check's source time; that is what it is
 * for.
 */
public final class RunnerReplay {
  private RunnerReplay() {}

  /**
   * Replays as far as the index has consumed the log. What is pending at the end is kept in memory.
   *
   * @param parts of which the store and the recorder are left alone
   */
  public static void replay(
      List<ActiveCheck> checks,
      RunnerParts parts,
      RunnerLimits limits,
      Consumer<Verdict> complete) {
    MemoryStore store = new MemoryStore(Durability.FLUSHED, Runner.SPACES);
    Passing recorder = new Passing(complete);
    try (Runner runner = new Runner(checks, parts.with(store, recorder), limits)) {
      boolean worked = true;
      while (worked) {
        worked = runner.step();
      }
    }
  }

  /** Hands complete verdicts on, and keeps nothing. */
  private record Passing(Consumer<Verdict> complete) implements VerdictRecorder {

    @Override
    public void record(List<Finding> findings) {
      findings.stream().map(Finding::verdict).filter(Verdict::isComplete).forEach(complete);
    }

    @Override
    public LogOffset sync() {
      return LogOffset.ZERO;
    }
  }
}
