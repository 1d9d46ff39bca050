package dev.overseer.runner.journal;

import static dev.overseer.runner.journal.WireMoves.instant;
import static dev.overseer.runner.journal.WireMoves.micros;

import com.google.protobuf.ByteString;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.SourceName;
import dev.overseer.runner.journal.wire.DeletedOfSource;
import dev.overseer.store.log.Sha256;
import dev.overseer.store.retention.Deletion;
import java.time.Duration;
import java.util.HexFormat;

/** Deletions as protobuf. */
final class WireDeletions {
  private WireDeletions() {}

  static dev.overseer.runner.journal.wire.ChangesDeleted changesDeleted(
      JournalEntry.ChangesDeleted deleted) {
    Deletion deletion = deleted.deletion();
    var wire =
        dev.overseer.runner.journal.wire.ChangesDeleted.newBuilder()
            .setFirst(deletion.first().value())
            .setEnd(deletion.end().value())
            .setGeneration(deletion.generation())
            .setBefore(bytes(deletion.before()))
            .setAfter(bytes(deletion.after()))
            .setAt(micros(deleted.at()));
    deletion.sources().forEach(source -> wire.addSource(ofSource(source)));
    return wire.build();
  }

  private static DeletedOfSource ofSource(Deletion.OfSource source) {
    return DeletedOfSource.newBuilder()
        .setSource(source.source().value())
        .setRetentionSeconds(source.retention().toSeconds())
        .setHorizon(source.horizon().micros())
        .setChanges(source.changes())
        .setRawBytes(source.bytes())
        .setFrom(source.from().micros())
        .setTo(source.to().micros())
        .build();
  }

  static JournalEntry changesDeleted(dev.overseer.runner.journal.wire.ChangesDeleted wire) {
    return new JournalEntry.ChangesDeleted(
        new Deletion(
            new LogOffset(wire.getFirst()),
            new LogOffset(wire.getEnd()),
            wire.getGeneration(),
            sha256(wire.getBefore()),
            sha256(wire.getAfter()),
            wire.getSourceList().stream().map(WireDeletions::ofSource).toList()),
        instant(wire.getAt()));
  }

  private static Deletion.OfSource ofSource(DeletedOfSource wire) {
    return new Deletion.OfSource(
        new SourceName(wire.getSource()),
        Duration.ofSeconds(wire.getRetentionSeconds()),
        new EffectiveTime(wire.getHorizon()),
        wire.getChanges(),
        wire.getRawBytes(),
        new EffectiveTime(wire.getFrom()),
        new EffectiveTime(wire.getTo()));
  }

  private static ByteString bytes(Sha256 digest) {
    return ByteString.fromHex(digest.hex());
  }

  private static Sha256 sha256(ByteString bytes) {
    return new Sha256(HexFormat.of().formatHex(bytes.toByteArray()));
  }
}
