package dev.overseer.runner.journal;

import static dev.overseer.runner.journal.WireMoves.instant;
import static dev.overseer.runner.journal.WireMoves.micros;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.wire.SweepBegun;
import dev.overseer.runner.journal.wire.SweepEnded;
import dev.overseer.runner.journal.wire.SweepWent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sweeps as protobuf. */
final class WireSweeps {
  private WireSweeps() {}

  static SweepBegun begun(JournalEntry.SweepBegun begun) {
    SweepBegun.Builder wire =
        SweepBegun.newBuilder()
            .setCheck(begun.check().value())
            .setDefinition(begun.definition().hex())
            .setScope(begun.scope().word())
            .setReason(begun.reason())
            .setAt(micros(begun.at()));
    begun.by().ifPresent(wire::setBy);
    return wire.build();
  }

  static JournalEntry begun(SweepBegun wire) {
    return new JournalEntry.SweepBegun(
        new CheckName(wire.getCheck()),
        new DefinitionHash(wire.getDefinition()),
        SweepScope.find(wire.getScope()).orElseThrow(),
        person(wire.getBy()),
        wire.getReason(),
        instant(wire.getAt()));
  }

  static SweepWent went(JournalEntry.SweepWent went) {
    SweepWent.Builder wire =
        SweepWent.newBuilder()
            .setCheck(went.check().value())
            .setDefinition(went.definition().hex())
            .setTrigger(went.trigger().micros())
            .setLookedAt(went.lookedAt())
            .setAt(micros(went.at()));
    if (!went.roots().isEmpty()) {
      RecordKey first = went.roots().getFirst();
      wire.setRootModel(first.model().value()).setKeyWidth(first.values().size());
    }
    for (RecordKey root : went.roots()) {
      WireVerdicts.requireAlike(went.roots().getFirst(), root);
      wire.addAllKeyValue(root.values());
    }
    went.last().map(WireVerdicts::key).ifPresent(wire::setLast);
    return wire.build();
  }

  static JournalEntry went(SweepWent wire) {
    return new JournalEntry.SweepWent(
        new CheckName(wire.getCheck()),
        new DefinitionHash(wire.getDefinition()),
        new EffectiveTime(wire.getTrigger()),
        roots(wire),
        wire.getLookedAt(),
        wire.hasLast() ? Optional.of(WireVerdicts.key(wire.getLast())) : Optional.empty(),
        instant(wire.getAt()));
  }

  private static List<RecordKey> roots(SweepWent wire) {
    List<RecordKey> roots = new ArrayList<>();
    int width = wire.getKeyWidth();
    for (int key = 0; key < wire.getKeyValueCount(); key += width) {
      ModelName model = new ModelName(wire.getRootModel());
      roots.add(new RecordKey(model, wire.getKeyValueList().subList(key, key + width)));
    }
    return roots;
  }

  static SweepEnded ended(JournalEntry.SweepEnded ended) {
    SweepTally tally = ended.tally();
    SweepEnded.Builder wire =
        SweepEnded.newBuilder()
            .setCheck(ended.check().value())
            .setDefinition(ended.definition().hex())
            .setLookedAt(tally.lookedAt())
            .setTriggered(tally.triggered())
            .setPassed(tally.passed())
            .setFailed(tally.failed())
            .setInconclusive(tally.inconclusive())
            .setNotApplicable(tally.notApplicable())
            .setErrored(tally.errored())
            .setReason(ended.reason())
            .setAt(micros(ended.at()));
    ended.by().ifPresent(wire::setBy);
    return wire.build();
  }

  static JournalEntry ended(SweepEnded wire) {
    return new JournalEntry.SweepEnded(
        new CheckName(wire.getCheck()),
        new DefinitionHash(wire.getDefinition()),
        new SweepTally(
            wire.getLookedAt(),
            wire.getTriggered(),
            wire.getPassed(),
            wire.getFailed(),
            wire.getInconclusive(),
            wire.getNotApplicable(),
            wire.getErrored()),
        person(wire.getBy()),
        wire.getReason(),
        instant(wire.getAt()));
  }

  private static Optional<String> person(String by) {
    return by.isEmpty() ? Optional.empty() : Optional.of(by);
  }
}
