package dev.overseer.runner.simulation;

import dev.overseer.checks.Verdict;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.ActiveCheck;
import dev.overseer.runner.coverage.Coverage;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.VerdictId;
import dev.overseer.runner.simulation.ReferenceModel.Said;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What one check under one definition must say completely, and what it has said so far. */
final class Expectation {
  private final ActiveCheck active;
  private final ReferenceStates states;
  private final Map<RecordKey, TreeSet<Long>> swept = new TreeMap<>();
  private final Set<Said> told;
  private final Set<Said> expectedUnswept;
  private Set<Said> expected;
  private final Set<Said> missing;
  private final Set<VerdictId> recorded = new HashSet<>();
  private Optional<Coverage> covered = Optional.empty();

  /**
   * @param onRecord what this definition of the check has said when it was active before
   */
  Expectation(ActiveCheck active, ReferenceStates states, Set<Said> onRecord) {
    this.active = active;
    this.states = states;
    this.told = new HashSet<>(onRecord);
    this.expectedUnswept = verdicts();
    this.expected = expectedUnswept;
    this.missing = new HashSet<>(expected);
    missing.removeAll(told);
  }

  private Set<Said> verdicts() {
    return new ReferenceModel(active.check(), states, active.from().micros(), swept).verdicts();
  }

  /** From here on, more must be said; of what was said already, nothing is another. */
  void swept(JournalEntry.SweepWent went) {
    Invariant.AS_THE_MODEL.require(
        went.definition().equals(active.definition()), () -> "Of another definition: " + went);
    went.roots()
        .forEach(
            root -> swept.computeIfAbsent(root, _ -> new TreeSet<>()).add(went.trigger().micros()));
    if (!went.roots().isEmpty()) {
      expected = verdicts();
      missing.clear();
      missing.addAll(expected);
      missing.removeAll(told);
    }
  }

  ActiveCheck active() {
    return active;
  }

  /** The check was gone and is declared again: it begins anew. */
  void begunAnew() {
    recorded.clear();
    covered = Optional.empty();
  }

  /** The verdict was on record before the machine was lost. */
  void remember(Verdict verdict) {
    recorded.add(VerdictId.of(verdict));
    missing.remove(Said.of(verdict));
    told.add(Said.of(verdict));
  }

  void hold(Verdict verdict, EffectiveTime frontier) {
    Said said = Said.of(verdict);
    Invariant.RECORDED_ONCE.require(recorded.add(VerdictId.of(verdict)), verdict::toString);
    Invariant.COVERED.require(verdict.cut().isBefore(frontier), verdict::toString);
    Invariant.AS_THE_MODEL.require(
        verdict.definition().equals(active.definition()) && expected.contains(said),
        () -> unexpected(verdict, said));
    missing.remove(said);
    told.add(said);
  }

  private String unexpected(Verdict verdict, Said said) {
    return "%s should not say %s (%s), but: %s"
        .formatted(verdict.check(), said, verdict.outcome(), ofRoot(said.root()));
  }

  private Set<Said> ofRoot(RecordKey root) {
    return expected.stream()
        .filter(other -> other.root().equals(root))
        .sorted(Comparator.comparing(Said::cut))
        .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
  }

  void hold(Coverage coverage, EffectiveTime frontier) {
    if (covered.filter(coverage::equals).isPresent()) {
      return;
    }
    covered = Optional.of(coverage);
    Invariant.COVERAGE.require(
        coverage.definition().equals(active.definition()) && coverage.from().equals(active.from()),
        () -> "Of another definition: " + coverage);
    Invariant.COVERAGE.require(
        coverage.upTo().isBefore(frontier) || frontier.equals(EffectiveTime.MIN),
        () -> "Covered beyond the frontier: " + coverage);
    for (Said said : missing) {
      Invariant.COVERAGE.require(
          said.trigger() > coverage.upTo().micros(),
          () -> "Covered by " + coverage + " and not judged: " + said);
    }
  }

  void holdAtTheEnd(Coverage coverage) {
    Invariant.NOTHING_FORGOTTEN.require(
        missing.isEmpty(), () -> active.check().name() + " forgot " + missing);
    Invariant.COVERAGE.require(
        coverage.upTo().micros() == Substream.END - 1, () -> "Not covered to the end: " + coverage);
    Invariant.COVERAGE.require(
        coverage.notYetDue() == 0 && coverage.dueButStale() == 0,
        () -> "Still pending: " + coverage);
  }

  /** A replay says all that is to be said once the sources are known so far, and nothing else. */
  void holdReplayed(Set<Said> replayed, EffectiveTime frontier) {
    Set<Said> forgotten =
        expectedUnswept.stream()
            .filter(said -> said.cut() < frontier.micros() && !replayed.contains(said))
            .collect(Collectors.toSet());
    Invariant.BACKTEST.require(
        forgotten.isEmpty(),
        () -> active.check().name() + " up to " + frontier + " forgot " + forgotten);
    for (Said said : replayed) {
      Invariant.BACKTEST.require(
          expectedUnswept.contains(said) && said.cut() < frontier.micros(),
          () -> active.check().name() + " up to " + frontier + " should not say " + said);
    }
  }

  int size() {
    return expected.size();
  }
}
