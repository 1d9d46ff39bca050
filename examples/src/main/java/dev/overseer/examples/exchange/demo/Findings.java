package dev.overseer.examples.exchange.demo;

import dev.overseer.checks.Outcome.Reason;
import dev.overseer.runner.journal.Detection;
import dev.overseer.runner.journal.Grounds;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.Move;
import dev.overseer.runner.journal.ViolationId;
import dev.overseer.runner.transitions.Cause;
import dev.overseer.runner.transitions.State;
import dev.overseer.store.log.LogReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The violations that a journal tells of: every step that each of them took, so that nothing that
 * came and went is overlooked. Belongs to one thread.
 */
final class Findings {
  private static final Detection UNKNOWN = new Detection(Duration.ZERO, Duration.ZERO);

  private final Map<ViolationId, Raised> raised = new LinkedHashMap<>();

  /** Takes in what the journal has by now. */
  void follow(LogReader<JournalEntry> journal) {
    while (journal.next()) {
      accept(journal.record());
    }
  }

  /** Of the journal's entries, a violation's steps. */
  void accept(JournalEntry entry) {
    if (entry instanceof JournalEntry.Transitioned step) {
      raised.merge(step.violation(), raised(step), Findings::together);
    }
  }

  /** In the order in which they first opened. */
  List<Raised> raised() {
    return List.copyOf(raised.values());
  }

  /** What one step says alone. */
  private static Raised raised(JournalEntry.Transitioned step) {
    Move move = step.move();
    return new Raised(
        step.check().value(),
        step.root().toString(),
        reasons(move.grounds()),
        isOpening(move) ? 1 : 0,
        move.to() == State.HEALED,
        move.grounds() instanceof Grounds.Failure failure
            ? failure.detection().orElse(UNKNOWN)
            : UNKNOWN);
  }

  private static Raised together(Raised before, Raised step) {
    return new Raised(
        before.check(),
        before.root(),
        Stream.concat(before.reasons().stream(), step.reasons().stream())
            .collect(Collectors.toSet()),
        before.openings() + step.openings(),
        step.healed(),
        before.detection());
  }

  private static boolean isOpening(Move move) {
    return move.cause() == Cause.FAILED && move.to() == State.OPEN;
  }

  private static Set<String> reasons(Grounds grounds) {
    return grounds instanceof Grounds.Failure failure
        ? failure.reasons().stream().map(Reason::code).collect(Collectors.toSet())
        : Set.of();
  }
}
