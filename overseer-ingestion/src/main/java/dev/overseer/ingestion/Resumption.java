package dev.overseer.ingestion;

import dev.overseer.model.Incarnation;
import dev.overseer.model.SourcePosition;
import java.util.Optional;

/** Whether a source's log can be followed on without a hole. */
sealed interface Resumption {

  /** Everything before {@code from} is in our log, everything after it still in the source's. */
  record Continue(SourcePosition from) implements Resumption {}

  /**
   * The rows must be read first.
   *
   * @param gap why what was known before does not go on; empty when nothing was known
   */
  record BeginAnew(Optional<String> gap) implements Resumption {}

  /** Like it: the source did not hold its log for us. */
  record LogLost(String why) implements Resumption {}

  /**
   * Only positions that our log names are ever confirmed, so anything beyond {@code knowledge}'s
   * resume position was confirmed by others.
   */
  static Resumption decide(SourceKnowledge knowledge, Upstream.Connection connection) {
    Incarnation now = connection.incarnation();
    Optional<SourcePosition> retained = connection.retained();
    Optional<SourcePosition> resume = knowledge.resume();
    if (knowledge.isBlank() || resume.isEmpty()) {
      return new BeginAnew(Optional.empty());
    }
    if (!knowledge.isOf(now)) {
      return anew(
          "the database is now %s and was %s: another server answers, or a standby was promoted"
              .formatted(now, knowledge.incarnation().map(Incarnation::toString).orElse("none")));
    }
    Optional<SourcePosition> end = connection.end();
    if (end.isPresent() && Positions.compare(end.get(), resume.get()) < 0) {
      return anew(
          "the database's log ends at %s, and ours at %s: another standby was promoted under the same number, or a backup restored"
              .formatted(end.get(), resume.get()));
    }
    if (retained.isEmpty()) {
      return new LogLost(
          "the database no longer holds its log from %s on: %s"
              .formatted(resume.get(), connection.whyNothingIsRetained()));
    }
    if (Positions.compare(retained.get(), resume.get()) > 0) {
      return anew(
          "the database holds its log from %s on only, and ours ends at %s: was the slot used by another reader, or our directory restored?"
              .formatted(retained.get(), resume.get()));
    }
    return new Continue(resume.get());
  }

  private static Resumption anew(String gap) {
    return new BeginAnew(Optional.of(gap));
  }
}
