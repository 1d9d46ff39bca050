package dev.overseer.runner.violations;

import dev.overseer.model.CheckName;
import dev.overseer.runner.journal.JournalEntry.Transitioned;
import dev.overseer.runner.journal.Move;
import dev.overseer.runner.journal.ViolationId;
import dev.overseer.runner.transitions.Cause;
import dev.overseer.runner.transitions.State;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Violations that somebody is to hear of, and nobody has since they were opened: their check was
 * not told of. Folded from the journal: heard is what the outbox holds. Not safe for many threads.
 */
final class Unheard {
  private final Map<CheckName, Map<ViolationId, Move>> byCheck = new HashMap<>();

  /** What is told of the step is on record after it. */
  void apply(Transitioned moved) {
    Move move = moved.move();
    if (move.channels().isEmpty() || move.to().isClosed()) {
      heard(moved.check(), moved.violation());
    } else if (opens(move)) {
      byCheck
          .computeIfAbsent(moved.check(), _ -> new LinkedHashMap<>())
          .put(moved.violation(), move);
    }
  }

  private static boolean opens(Move move) {
    return move.to() == State.OPEN
        && (move.from() != State.OPEN || move.cause() == Cause.ACTIVATED);
  }

  /** Somebody hears of it; the step by which it was opened, if nobody had before. */
  Optional<Move> heard(CheckName check, ViolationId violation) {
    Map<ViolationId, Move> ofCheck = byCheck.get(check);
    if (ofCheck == null) {
      return Optional.empty();
    }
    Optional<Move> opening = Optional.ofNullable(ofCheck.remove(violation));
    if (ofCheck.isEmpty()) {
      byCheck.remove(check);
    }
    return opening;
  }

  boolean contains(Violation violation) {
    Map<ViolationId, Move> ofCheck = byCheck.get(violation.check());
    return ofCheck != null && ofCheck.containsKey(violation.id());
  }

  /** Those of some checks, of each the first opened first. */
  Stream<ViolationId> of(Predicate<CheckName> checks) {
    return byCheck.entrySet().stream()
        .filter(ofCheck -> checks.test(ofCheck.getKey()))
        .flatMap(ofCheck -> ofCheck.getValue().keySet().stream());
  }
}
