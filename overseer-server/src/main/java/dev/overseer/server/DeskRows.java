package dev.overseer.server;

import dev.overseer.checks.Outcome;
import dev.overseer.model.EffectiveTime;
import dev.overseer.runner.Suspended;
import dev.overseer.runner.coverage.Coverage;
import dev.overseer.runner.incidents.Incident;
import dev.overseer.runner.journal.CheckMode;
import dev.overseer.runner.journal.Grounds;
import dev.overseer.runner.journal.JournalEntry.Activated;
import dev.overseer.runner.journal.JournalEntry.Judged;
import dev.overseer.runner.journal.JournalEntry.ModeChosen;
import dev.overseer.runner.journal.Move;
import dev.overseer.runner.judging.Evidence;
import dev.overseer.runner.projection.ViolationHistory;
import dev.overseer.runner.violations.Violation;
import dev.overseer.server.desk.CheckStatus;
import dev.overseer.server.desk.IncidentSummary;
import dev.overseer.server.desk.SweepStatus;
import dev.overseer.server.desk.ViolationDetail;
import dev.overseer.server.desk.ViolationDetail.HistoryStep;
import dev.overseer.server.desk.ViolationDetail.Proof;
import dev.overseer.server.desk.ViolationDetail.ProofUpdate;
import dev.overseer.server.desk.ViolationSummary;
import dev.overseer.server.desk.ViolationSummary.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The program's own nouns as the desk shows them. */
final class DeskRows {
  private DeskRows() {}

  static ViolationSummary summary(Violation violation) {
    return new ViolationSummary(
        violation.id().hex(),
        violation.check().value(),
        violation.root().toString(),
        violation.state().word(),
        violation.data().failing(),
        violation.reasons().stream().map(DeskRows::reason).toList(),
        violation.data().cut().toInstant(),
        violation.openedAt(),
        violation.movedAt());
  }

  static ViolationDetail detail(ViolationHistory history) {
    return new ViolationDetail(
        summary(history.violation()),
        history.steps().stream().map(DeskRows::step).toList(),
        history.failure().map(DeskRows::proof));
  }

  static IncidentSummary summary(Incident incident) {
    return new IncidentSummary(
        incident.id().hex(),
        incident.kind().word(),
        incident.subject(),
        incident.state().word(),
        incident.text(),
        incident.openedAt(),
        incident.movedAt());
  }

  /**
   * @param activation of the check's last definition, as far as it is projected
   * @param now on Overseer's own clock
   */
  static CheckStatus status(
      Coverage coverage,
      Optional<Activated> activation,
      Optional<ModeChosen> mode,
      Optional<Suspended> suspended,
      Optional<SweepStatus> sweep,
      long openViolations,
      Instant now) {
    Optional<Instant> upTo = instant(coverage.upTo());
    return new CheckStatus(
        coverage.check().value(),
        coverage.definition().hex(),
        activation.map(Activated::description).orElse(""),
        mode.map(ModeChosen::mode).orElse(CheckMode.ACTIVE).word(),
        mode.map(chosen -> chosen.by().map(by -> by + ": ").orElse("") + chosen.reason()),
        suspended.map(Suspended::why),
        activation.map(Activated::at),
        instant(coverage.from()),
        upTo,
        upTo.map(it -> behindMillis(it, now)),
        coverage.isGreen() && openViolations == 0,
        coverage.failed(),
        coverage.inconclusive(),
        coverage.errored(),
        coverage.notYetDue(),
        coverage.dueButStale(),
        openViolations,
        sweep);
  }

  static long behindMillis(Instant reached, Instant now) {
    return Math.max(0, Duration.between(reached, now).toMillis());
  }

  /** Empty where nothing was ever heard, or everything is meant. */
  static Optional<Instant> instant(EffectiveTime time) {
    boolean real =
        time.isAfter(EffectiveTime.of(Instant.EPOCH)) && time.isBefore(EffectiveTime.MAX);
    return real ? Optional.of(time.toInstant()) : Optional.empty();
  }

  private static Reason reason(Outcome.Reason reason) {
    return new Reason(reason.code(), reason.text(), reason.expected(), reason.actual());
  }

  private static HistoryStep step(Move move) {
    Optional<String> by =
        move.grounds() instanceof Grounds.Person person
            ? Optional.of(person.actor())
            : Optional.empty();
    return new HistoryStep(
        move.sequence(),
        move.at(),
        move.from().word(),
        move.cause().word(),
        move.to().word(),
        by,
        why(move.grounds()));
  }

  private static String why(Grounds grounds) {
    return switch (grounds) {
      case Grounds.Failure failure ->
          failure.reasons().stream().map(Outcome.Reason::text).collect(Collectors.joining("; "))
              + failure
                  .detection()
                  .map(it -> " (seen after %d ms)".formatted(it.timeToDetect().toMillis()))
                  .orElse("");
      case Grounds.Healing healing -> "%d updates healed it".formatted(healing.updates().size());
      case Grounds.Person person ->
          person.reason() + person.until().map(it -> " (until " + it + ")").orElse("");
      case Grounds.Clock _ -> "the time that was set is over";
      case Grounds.Trouble trouble -> trouble.text();
      case Grounds.Configuration configuration -> configuration.text();
    };
  }

  private static Proof proof(Judged judged) {
    Map<String, String> positions = new TreeMap<>();
    judged
        .evidence()
        .positions()
        .forEach((source, position) -> positions.put(source.value(), position.toString()));
    List<ProofUpdate> updates = judged.evidence().updates().stream().map(DeskRows::update).toList();
    return new Proof(judged.verdict().cut().toInstant(), updates, positions);
  }

  private static ProofUpdate update(Evidence.Update update) {
    return new ProofUpdate(
        update.record().toString(),
        update.operation().name().toLowerCase(Locale.ROOT),
        update.id().toString(),
        update.change().value(),
        update.effectiveTime().toInstant());
  }
}
