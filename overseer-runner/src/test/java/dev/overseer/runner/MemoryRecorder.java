package dev.overseer.runner;

import dev.overseer.checks.Verdict;
import dev.overseer.model.LogOffset;
import dev.overseer.runner.judging.Evidence;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.judging.VerdictRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keeps verdicts with their evidence; those that are not synced are lost in a crash. */
final class MemoryRecorder implements VerdictRecorder {
  private final List<Verdict> recorded = new ArrayList<>();
  private final List<Evidence> evidence = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  Consumer<Verdict> heard = _ -> {};

  @Override
  public void record(List<Finding> findings) {
    this.findings.addAll(findings);
    for (Finding finding : findings) {
      recorded.add(finding.verdict());
      evidence.add(finding.basis().evidence());
      heard.accept(finding.verdict());
    }
  }

  @Override
  public LogOffset sync() {
    return new LogOffset(recorded.size());
  }

  /** The verdicts since the last call. */
  List<Verdict> take() {
    List<Verdict> taken = List.copyOf(recorded);
    recorded.clear();
    evidence.clear();
    return taken;
  }

  /** All findings ever. */
  List<Finding> findings() {
    return findings;
  }

  List<Evidence> evidence() {
    return evidence;
  }
}
