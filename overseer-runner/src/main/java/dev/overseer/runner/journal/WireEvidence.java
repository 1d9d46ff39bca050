package dev.overseer.runner.journal;

import static dev.overseer.runner.journal.WireMoves.instant;
import static dev.overseer.runner.journal.WireMoves.micros;

import dev.overseer.model.ChunkPosition;
import dev.overseer.model.CorruptStore;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Lsn;
import dev.overseer.model.Operation;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TransactionId;
import dev.overseer.model.UpdateId;
import dev.overseer.runner.journal.wire.Chunk;
import dev.overseer.runner.journal.wire.LatestUpdate;
import dev.overseer.runner.journal.wire.Position;
import dev.overseer.runner.journal.wire.Progress;
import dev.overseer.runner.journal.wire.Update;
import dev.overseer.runner.judging.Evidence;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Evidence on the wire. */
final class WireEvidence {
  private WireEvidence() {}

  static dev.overseer.runner.journal.wire.Evidence evidence(Evidence evidence) {
    var wire =
        dev.overseer.runner.journal.wire.Evidence.newBuilder()
            .addAllUpdate(updates(evidence.updates()))
            .setUpdatesLeftOut(evidence.updatesLeftOut());
    new TreeMap<>(evidence.positions())
        .forEach(
            (source, position) ->
                wire.addPosition(
                    Progress.newBuilder()
                        .setSource(source.value())
                        .setPosition(position(position))));
    switch (evidence.decider()) {
      case Evidence.Decider.LatestUpdate latest ->
          wire.setLatestUpdate(
              LatestUpdate.newBuilder()
                  .setEffectiveTime(latest.effectiveTime().micros())
                  .setCommitTime(micros(latest.commitTime())));
      case Evidence.Decider.Deadline _ -> {}
    }
    return wire.build();
  }

  static Evidence evidence(dev.overseer.runner.journal.wire.Evidence wire) {
    Map<SourceName, SourcePosition> positions = new TreeMap<>();
    wire.getPositionList()
        .forEach(at -> positions.put(new SourceName(at.getSource()), position(at.getPosition())));
    return new Evidence(
        readUpdates(wire.getUpdateList()),
        wire.getUpdatesLeftOut(),
        positions,
        wire.hasLatestUpdate()
            ? new Evidence.Decider.LatestUpdate(
                new EffectiveTime(wire.getLatestUpdate().getEffectiveTime()),
                instant(wire.getLatestUpdate().getCommitTime()))
            : new Evidence.Decider.Deadline());
  }

  static List<Update> updates(List<Evidence.Update> updates) {
    return updates.stream().map(WireEvidence::update).toList();
  }

  static List<Evidence.Update> readUpdates(List<Update> wire) {
    return wire.stream().map(WireEvidence::update).toList();
  }

  private static Update update(Evidence.Update update) {
    TransactionId transaction = update.id().transaction();
    return Update.newBuilder()
        .setRecord(WireVerdicts.key(update.record()))
        .setSource(update.id().source().value())
        .setSystem(transaction.incarnation().system())
        .setTimeline(transaction.incarnation().timeline())
        .setCommit(position(transaction.commit()))
        .setOrdinal(update.id().ordinal())
        .setOperation(String.valueOf(update.operation().code()))
        .setChange(update.change().value())
        .setEffectiveTime(update.effectiveTime().micros())
        .setCommitTime(micros(update.commitTime()))
        .build();
  }

  private static Evidence.Update update(Update wire) {
    Incarnation incarnation = new Incarnation(wire.getSystem(), wire.getTimeline());
    return new Evidence.Update(
        WireVerdicts.key(wire.getRecord()),
        new UpdateId(
            new SourceName(wire.getSource()),
            new TransactionId(incarnation, position(wire.getCommit())),
            wire.getOrdinal()),
        Operation.of(wire.getOperation().charAt(0)),
        new LogOffset(wire.getChange()),
        new EffectiveTime(wire.getEffectiveTime()),
        instant(wire.getCommitTime()));
  }

  private static Position position(SourcePosition position) {
    return switch (position) {
      case Lsn lsn -> Position.newBuilder().setLsn(lsn.value()).build();
      case ChunkPosition(Lsn at, long number) ->
          Position.newBuilder()
              .setChunk(Chunk.newBuilder().setLsn(at.value()).setNumber(number))
              .build();
    };
  }

  private static SourcePosition position(Position wire) {
    return switch (wire.getKindCase()) {
      case LSN -> new Lsn(wire.getLsn());
      case CHUNK ->
          new ChunkPosition(new Lsn(wire.getChunk().getLsn()), wire.getChunk().getNumber());
      case KIND_NOT_SET -> throw new CorruptStore("A position in the journal is of no known kind");
    };
  }
}
