package dev.overseer.runner.journal;

import static dev.overseer.runner.journal.WireMoves.instant;
import static dev.overseer.runner.journal.WireMoves.micros;

import dev.overseer.model.CheckName;
import java.util.Optional;

/** Modes of checks as protobuf. */
final class WireModes {
  private WireModes() {}

  static dev.overseer.runner.journal.wire.ModeChosen modeChosen(JournalEntry.ModeChosen chosen) {
    var wire =
        dev.overseer.runner.journal.wire.ModeChosen.newBuilder()
            .setCheck(chosen.check().value())
            .setMode(chosen.mode().word())
            .setReason(chosen.reason())
            .setAt(micros(chosen.at()));
    chosen.by().ifPresent(wire::setBy);
    return wire.build();
  }

  static JournalEntry modeChosen(dev.overseer.runner.journal.wire.ModeChosen wire) {
    return new JournalEntry.ModeChosen(
        new CheckName(wire.getCheck()),
        CheckMode.find(wire.getMode()).orElseThrow(),
        wire.getBy().isEmpty() ? Optional.empty() : Optional.of(wire.getBy()),
        wire.getReason(),
        instant(wire.getAt()));
  }
}
