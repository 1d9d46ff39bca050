package dev.overseer.runner.journal;

import com.google.protobuf.ByteString;
import dev.overseer.model.CheckName;
import dev.overseer.model.CorruptStore;
import dev.overseer.model.EffectiveTime;
import dev.overseer.runner.journal.wire.Escalated;
import dev.overseer.runner.journal.wire.Failure;
import dev.overseer.runner.journal.wire.Healing;
import dev.overseer.runner.journal.wire.IncidentTransitioned;
import dev.overseer.runner.journal.wire.Person;
import dev.overseer.runner.journal.wire.Transitioned;
import dev.overseer.runner.transitions.Cause;
import dev.overseer.runner.transitions.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;

/** Transitions and what escalation owes, on the wire. */
final class WireMoves {
  private WireMoves() {}

  static Transitioned transitioned(JournalEntry.Transitioned moved) {
    return Transitioned.newBuilder()
        .setViolation(id(moved.violation().hex()))
        .setCheck(moved.check().value())
        .setRoot(WireVerdicts.key(moved.root()))
        .setMove(move(moved.move()))
        .build();
  }

  static JournalEntry transitioned(Transitioned wire) {
    return new JournalEntry.Transitioned(
        new ViolationId(id(wire.getViolation())),
        new CheckName(wire.getCheck()),
        WireVerdicts.key(wire.getRoot()),
        move(wire.getMove()));
  }

  static IncidentTransitioned transitioned(JournalEntry.IncidentTransitioned moved) {
    return IncidentTransitioned.newBuilder()
        .setIncident(id(moved.incident().hex()))
        .setKind(moved.kind().word())
        .setSubject(moved.subject())
        .setMove(move(moved.move()))
        .build();
  }

  static JournalEntry transitioned(IncidentTransitioned wire) {
    return new JournalEntry.IncidentTransitioned(
        new IncidentId(id(wire.getIncident())),
        IncidentKind.find(wire.getKind())
            .orElseThrow(() -> new CorruptStore("No incident is of kind " + wire.getKind())),
        wire.getSubject(),
        move(wire.getMove()));
  }

  static Escalated escalated(JournalEntry.Escalated escalated) {
    Escalated.Builder wire =
        Escalated.newBuilder()
            .setId(id(escalated.id().hex()))
            .setSequence(escalated.sequence())
            .setChannel(escalated.channel())
            .setBody(escalated.body())
            .setAt(micros(escalated.at()));
    switch (escalated.subject()) {
      case ViolationId violation -> wire.setViolation(id(violation.hex()));
      case IncidentId incident -> wire.setIncident(id(incident.hex()));
    }
    return wire.build();
  }

  static JournalEntry escalated(Escalated wire) {
    SubjectId subject =
        switch (wire.getSubjectCase()) {
          case VIOLATION -> new ViolationId(id(wire.getViolation()));
          case INCIDENT -> new IncidentId(id(wire.getIncident()));
          case SUBJECT_NOT_SET -> throw new CorruptStore("An escalation has no subject");
        };
    return new JournalEntry.Escalated(
        new DeliveryId(id(wire.getId())),
        subject,
        wire.getSequence(),
        wire.getChannel(),
        wire.getBody(),
        instant(wire.getAt()));
  }

  private static dev.overseer.runner.journal.wire.Move move(Move move) {
    var wire =
        dev.overseer.runner.journal.wire.Move.newBuilder()
            .setId(id(move.id().hex()))
            .setSequence(move.sequence())
            .setFrom(dev.overseer.runner.journal.wire.State.valueOf(move.from().name()))
            .setCause(dev.overseer.runner.journal.wire.Cause.valueOf(move.cause().name()))
            .setTo(dev.overseer.runner.journal.wire.State.valueOf(move.to().name()))
            .setAt(micros(move.at()))
            .addAllChannel(move.channels());
    switch (move.grounds()) {
      case Grounds.Failure failure -> wire.setFailure(failure(failure));
      case Grounds.Healing healing ->
          wire.setHealing(
              Healing.newBuilder()
                  .setVerdict(id(healing.verdict().hex()))
                  .setCut(healing.cut().micros())
                  .addAllUpdate(WireEvidence.updates(healing.updates())));
      case Grounds.Person person -> wire.setPerson(person(person));
      case Grounds.Clock _ -> wire.setClock(true);
      case Grounds.Trouble trouble -> wire.setTrouble(trouble.text());
      case Grounds.Configuration configuration -> wire.setConfiguration(configuration.text());
    }
    return wire.build();
  }

  private static Move move(dev.overseer.runner.journal.wire.Move wire) {
    return new Move(
        new TransitionId(id(wire.getId())),
        wire.getSequence(),
        State.valueOf(wire.getFrom().name()),
        Cause.valueOf(wire.getCause().name()),
        State.valueOf(wire.getTo().name()),
        instant(wire.getAt()),
        grounds(wire),
        wire.getChannelList());
  }

  private static Grounds grounds(dev.overseer.runner.journal.wire.Move wire) {
    return switch (wire.getGroundsCase()) {
      case FAILURE -> failure(wire.getFailure());
      case HEALING ->
          new Grounds.Healing(
              new VerdictId(id(wire.getHealing().getVerdict())),
              new EffectiveTime(wire.getHealing().getCut()),
              WireEvidence.readUpdates(wire.getHealing().getUpdateList()));
      case PERSON ->
          new Grounds.Person(
              wire.getPerson().getActor(),
              wire.getPerson().getReason(),
              wire.getPerson().hasUntil()
                  ? Optional.of(instant(wire.getPerson().getUntil()))
                  : Optional.empty());
      case CLOCK -> new Grounds.Clock();
      case TROUBLE -> new Grounds.Trouble(wire.getTrouble());
      case CONFIGURATION -> new Grounds.Configuration(wire.getConfiguration());
      case GROUNDS_NOT_SET -> throw new CorruptStore("A transition has no grounds");
    };
  }

  private static Failure failure(Grounds.Failure failure) {
    Failure.Builder wire =
        Failure.newBuilder()
            .setVerdict(id(failure.verdict().hex()))
            .setCut(failure.cut().micros())
            .addAllReason(WireVerdicts.reasons(failure.reasons()));
    failure
        .detection()
        .ifPresent(
            detection ->
                wire.getDetectionBuilder()
                    .setTimeToDetectMicros(micros(detection.timeToDetect()))
                    .setBeyondStrategyMicros(micros(detection.beyondStrategy())));
    return wire.build();
  }

  private static Grounds failure(Failure wire) {
    return new Grounds.Failure(
        new VerdictId(id(wire.getVerdict())),
        new EffectiveTime(wire.getCut()),
        WireVerdicts.readReasons(wire.getReasonList()),
        wire.hasDetection()
            ? Optional.of(
                new Detection(
                    Duration.of(wire.getDetection().getTimeToDetectMicros(), ChronoUnit.MICROS),
                    Duration.of(wire.getDetection().getBeyondStrategyMicros(), ChronoUnit.MICROS)))
            : Optional.empty());
  }

  private static Person person(Grounds.Person person) {
    Person.Builder wire = Person.newBuilder().setActor(person.actor()).setReason(person.reason());
    person.until().ifPresent(until -> wire.setUntil(micros(until)));
    return wire.build();
  }

  static ByteString id(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }

  static String id(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static long micros(Duration duration) {
    return duration.dividedBy(ChronoUnit.MICROS.getDuration());
  }
}
