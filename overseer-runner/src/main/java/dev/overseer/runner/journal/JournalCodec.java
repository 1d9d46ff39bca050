package dev.overseer.runner.journal;

import static dev.overseer.runner.journal.WireMoves.id;
import static dev.overseer.runner.journal.WireMoves.instant;
import static dev.overseer.runner.journal.WireMoves.micros;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.overseer.checks.DefinitionHash;
import dev.overseer.model.CheckName;
import dev.overseer.model.CorruptStore;
import dev.overseer.model.EffectiveTime;
import dev.overseer.runner.journal.wire.Entry;
import dev.overseer.store.log.RecordCodec;

/** Journal entries as protobuf: {@code overseer/journal/journal.proto} tells every field. */
public final class JournalCodec implements RecordCodec<JournalEntry> {

  @Override
  public byte[] encode(JournalEntry record) {
    Entry.Builder entry = Entry.newBuilder();
    switch (record) {
      case JournalEntry.Activated activated -> entry.setActivated(activated(activated));
      case JournalEntry.Judged judged -> entry.setJudged(WireVerdicts.judged(judged));
      case JournalEntry.QuietVerdicts quiet -> entry.setQuietVerdicts(WireVerdicts.quiet(quiet));
      case JournalEntry.Transitioned moved -> entry.setTransitioned(WireMoves.transitioned(moved));
      case JournalEntry.IncidentTransitioned moved ->
          entry.setIncidentTransitioned(WireMoves.transitioned(moved));
      case JournalEntry.Escalated escalated -> entry.setEscalated(WireMoves.escalated(escalated));
      case JournalEntry.Delivered delivered ->
          entry.getDeliveredBuilder().setId(id(delivered.id().hex())).setAt(micros(delivered.at()));
      case JournalEntry.DeliveryFailed failed ->
          entry
              .getDeliveryFailedBuilder()
              .setId(id(failed.id().hex()))
              .setAttempt(failed.attempt())
              .setError(failed.error())
              .setAt(micros(failed.at()));
      case JournalEntry.DeliveryGivenUp givenUp ->
          entry
              .getDeliveryGivenUpBuilder()
              .setId(id(givenUp.id().hex()))
              .setError(givenUp.error())
              .setAt(micros(givenUp.at()));
      case JournalEntry.SubjectErased erased ->
          entry
              .getSubjectErasedBuilder()
              .setKind(erased.kind())
              .setSubject(erased.subject())
              .setKey(erased.key())
              .setBy(erased.by())
              .setReason(erased.reason())
              .setAt(micros(erased.at()));
      case JournalEntry.ModeChosen chosen -> entry.setModeChosen(WireModes.modeChosen(chosen));
      case JournalEntry.SweepBegun begun -> entry.setSweepBegun(WireSweeps.begun(begun));
      case JournalEntry.SweepWent went -> entry.setSweepWent(WireSweeps.went(went));
      case JournalEntry.SweepEnded ended -> entry.setSweepEnded(WireSweeps.ended(ended));
      case JournalEntry.ChangesDeleted deleted ->
          entry.setChangesDeleted(WireDeletions.changesDeleted(deleted));
    }
    return entry.build().toByteArray();
  }

  @Override
  public JournalEntry decode(byte[] bytes, int from, int to) {
    try {
      return decode(Entry.parser().parseFrom(bytes, from, to - from));
    } catch (InvalidProtocolBufferException | RuntimeException unreadable) {
      throw new CorruptStore("A record of the journal cannot be read", unreadable);
    }
  }

  private static JournalEntry decode(Entry entry) {
    return switch (entry.getKindCase()) {
      case ACTIVATED -> activated(entry.getActivated());
      case JUDGED -> WireVerdicts.judged(entry.getJudged());
      case QUIET_VERDICTS -> WireVerdicts.quiet(entry.getQuietVerdicts());
      case TRANSITIONED -> WireMoves.transitioned(entry.getTransitioned());
      case INCIDENT_TRANSITIONED -> WireMoves.transitioned(entry.getIncidentTransitioned());
      case ESCALATED -> WireMoves.escalated(entry.getEscalated());
      case DELIVERED ->
          new JournalEntry.Delivered(
              new DeliveryId(id(entry.getDelivered().getId())),
              instant(entry.getDelivered().getAt()));
      case DELIVERY_FAILED ->
          new JournalEntry.DeliveryFailed(
              new DeliveryId(id(entry.getDeliveryFailed().getId())),
              entry.getDeliveryFailed().getAttempt(),
              entry.getDeliveryFailed().getError(),
              instant(entry.getDeliveryFailed().getAt()));
      case DELIVERY_GIVEN_UP ->
          new JournalEntry.DeliveryGivenUp(
              new DeliveryId(id(entry.getDeliveryGivenUp().getId())),
              entry.getDeliveryGivenUp().getError(),
              instant(entry.getDeliveryGivenUp().getAt()));
      case SUBJECT_ERASED -> erased(entry.getSubjectErased());
      case MODE_CHOSEN -> WireModes.modeChosen(entry.getModeChosen());
      case SWEEP_BEGUN -> WireSweeps.begun(entry.getSweepBegun());
      case SWEEP_WENT -> WireSweeps.went(entry.getSweepWent());
      case SWEEP_ENDED -> WireSweeps.ended(entry.getSweepEnded());
      case CHANGES_DELETED -> WireDeletions.changesDeleted(entry.getChangesDeleted());
      case KIND_NOT_SET ->
          throw new CorruptStore("A record of the journal is of no kind known to this version");
    };
  }

  private static JournalEntry erased(dev.overseer.runner.journal.wire.SubjectErased wire) {
    return new JournalEntry.SubjectErased(
        wire.getKind(),
        wire.getSubject(),
        wire.getKey(),
        wire.getBy(),
        wire.getReason(),
        instant(wire.getAt()));
  }

  private static dev.overseer.runner.journal.wire.Activated activated(
      JournalEntry.Activated activated) {
    return dev.overseer.runner.journal.wire.Activated.newBuilder()
        .setCheck(activated.check().value())
        .setDefinition(activated.definition().hex())
        .setFrom(activated.from().micros())
        .setDescription(activated.description())
        .setAt(micros(activated.at()))
        .build();
  }

  private static JournalEntry activated(dev.overseer.runner.journal.wire.Activated wire) {
    return new JournalEntry.Activated(
        new CheckName(wire.getCheck()),
        new DefinitionHash(wire.getDefinition()),
        new EffectiveTime(wire.getFrom()),
        wire.getDescription(),
        instant(wire.getAt()));
  }
}
