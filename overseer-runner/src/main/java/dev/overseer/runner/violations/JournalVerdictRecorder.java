package dev.overseer.runner.violations;

import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.model.LogOffset;
import dev.overseer.runner.incidents.ErringChecks;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalReplay;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.judging.VerdictRecorder;
import dev.overseer.store.log.AppendLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts findings on record in the journal, with what follows from them. A verdict that the journal
 * holds beyond the runner's checkpoint was followed to its end already: judged again, it is
 * skipped, so that nobody is told twice. Belongs to the runner's thread.
 */
public final class JournalVerdictRecorder implements VerdictRecorder {
  private static final int BLOCK_MAX = 256;

  private final AppendLog<JournalEntry> journal;
  private final ViolationBook violations;
  private final ErringChecks erringChecks;
  private final Consumer<Verdict> heard;
  private final LogOffset tailFrom;
  private final JournalTail tail;

  /**
   * Reads the journal's tail, with what an earlier recorder of this process may have left unsynced.
   *
   * @param tailFrom what the last {@link #sync} before the runner's checkpoint returned; zero
   *     without one
   * @param declared the checks that run: no other is judged again
   * @param violations to which the journal was replayed
   * @param heard hears of each verdict that was on no record, when it is
   */
  public JournalVerdictRecorder(
      AppendLog<JournalEntry> journal,
      LogOffset tailFrom,
      Set<CheckName> declared,
      ViolationBook violations,
      ErringChecks erringChecks,
      Consumer<Verdict> heard) {
    this.journal = journal;
    this.violations = violations;
    this.erringChecks = erringChecks;
    this.heard = heard;
    this.tailFrom = tailFrom;
    this.tail = new JournalTail(Set.copyOf(declared));
    journal.sync();
    JournalReplay.replay(journal, tailFrom, List.of(tail));
  }

  /** With nobody to hear of verdicts. */
  public JournalVerdictRecorder(
      AppendLog<JournalEntry> journal,
      LogOffset tailFrom,
      Set<CheckName> declared,
      ViolationBook violations,
      ErringChecks erringChecks) {
    this(journal, tailFrom, declared, violations, erringChecks, _ -> {});
  }

  @Override
  public void record(List<Finding> findings) {
    List<Finding> fresh = new ArrayList<>(findings.size());
    for (Finding finding : findings) {
      if (!tail.take(finding.verdict())) {
        fresh.add(finding);
        erringChecks.count(finding.verdict().check(), finding.verdict().outcome());
      }
    }
    for (int from = 0; from < fresh.size(); from += BLOCK_MAX) {
      violations.record(fresh.subList(from, Math.min(fresh.size(), from + BLOCK_MAX)));
    }
    fresh.forEach(finding -> heard.accept(finding.verdict()));
  }

  /**
   * While verdicts of the tail are still to be judged again, a second crash must find them again:
   * then the offset returned is not the journal's end, but where the tail began.
   */
  @Override
  public LogOffset sync() {
    LogOffset end = journal.sync();
    return tail.isDone() ? end : tailFrom;
  }
}
