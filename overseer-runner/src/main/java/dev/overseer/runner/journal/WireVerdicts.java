package dev.overseer.runner.journal;

import static dev.overseer.runner.journal.WireMoves.id;
import static dev.overseer.runner.journal.WireMoves.instant;
import static dev.overseer.runner.journal.WireMoves.micros;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.checks.Verdict.Completeness;
import dev.overseer.model.CheckName;
import dev.overseer.model.CorruptStore;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import dev.overseer.runner.journal.wire.Failed;
import dev.overseer.runner.journal.wire.Judged;
import dev.overseer.runner.journal.wire.Key;
import dev.overseer.runner.journal.wire.Provisional;
import dev.overseer.runner.journal.wire.QuietVerdicts;
import dev.overseer.runner.journal.wire.Reason;
import java.util.ArrayList;
import java.util.List;

/** Verdicts and outcomes on the wire. */
final class WireVerdicts {
  private WireVerdicts() {}

  static Judged judged(JournalEntry.Judged judged) {
    Verdict verdict = judged.verdict();
    Judged.Builder wire =
        Judged.newBuilder()
            .setId(id(judged.id().hex()))
            .setCheck(verdict.check().value())
            .setDefinition(verdict.definition().hex())
            .setRoot(key(verdict.root()))
            .setTrigger(verdict.trigger().micros())
            .setCut(verdict.cut().micros())
            .setOutcome(outcome(verdict.outcome()))
            .setEvidence(WireEvidence.evidence(judged.evidence()))
            .setAt(micros(judged.at()));
    if (verdict.completeness() instanceof Completeness.Provisional provisional) {
      wire.setProvisional(
          Provisional.newBuilder()
              .addAllStale(provisional.stale().stream().map(SourceName::value).toList()));
    }
    return wire.build();
  }

  static JournalEntry judged(Judged wire) {
    Completeness completeness =
        wire.hasProvisional()
            ? new Completeness.Provisional(
                wire.getProvisional().getStaleList().stream().map(SourceName::new).toList())
            : new Completeness.Complete();
    return new JournalEntry.Judged(
        new VerdictId(id(wire.getId())),
        new Verdict(
            new CheckName(wire.getCheck()),
            new DefinitionHash(wire.getDefinition()),
            key(wire.getRoot()),
            new EffectiveTime(wire.getTrigger()),
            new EffectiveTime(wire.getCut()),
            completeness,
            outcome(wire.getOutcome())),
        WireEvidence.evidence(wire.getEvidence()),
        instant(wire.getAt()));
  }

  static QuietVerdicts quiet(JournalEntry.QuietVerdicts block) {
    RecordKey first = block.verdicts().getFirst().root();
    QuietVerdicts.Builder wire =
        QuietVerdicts.newBuilder()
            .setCheck(block.check().value())
            .setDefinition(block.definition().hex())
            .setRootModel(first.model().value())
            .setKeyWidth(first.values().size());
    List<String> whyNot = new ArrayList<>();
    long trigger = 0;
    for (JournalEntry.Quiet verdict : block.verdicts()) {
      requireAlike(first, verdict.root());
      wire.addAllKeyValue(verdict.root().values());
      wire.addTriggerDelta(verdict.trigger().micros() - trigger);
      wire.addCutDelay(verdict.cut().micros() - verdict.trigger().micros());
      wire.addWhyNotIndex(whyNotIndex(verdict.outcome(), whyNot));
      trigger = verdict.trigger().micros();
    }
    if (whyNot.isEmpty()) {
      wire.clearWhyNotIndex();
    }
    return wire.addAllWhyNot(whyNot).build();
  }

  static JournalEntry quiet(QuietVerdicts wire) {
    ModelName model = new ModelName(wire.getRootModel());
    List<JournalEntry.Quiet> verdicts = new ArrayList<>(wire.getTriggerDeltaCount());
    long trigger = 0;
    for (int i = 0; i < wire.getTriggerDeltaCount(); i++) {
      trigger += wire.getTriggerDelta(i);
      int key = i * wire.getKeyWidth();
      int whyNot = wire.getWhyNotCount() == 0 ? 0 : wire.getWhyNotIndex(i);
      verdicts.add(
          new JournalEntry.Quiet(
              new RecordKey(model, wire.getKeyValueList().subList(key, key + wire.getKeyWidth())),
              new EffectiveTime(trigger),
              new EffectiveTime(trigger + wire.getCutDelay(i)),
              whyNot == 0
                  ? Outcome.passed()
                  : new Outcome.NotApplicable(wire.getWhyNot(whyNot - 1))));
    }
    return new JournalEntry.QuietVerdicts(
        new CheckName(wire.getCheck()), new DefinitionHash(wire.getDefinition()), verdicts);
  }

  private static int whyNotIndex(Outcome outcome, List<String> whyNot) {
    if (!(outcome instanceof Outcome.NotApplicable notApplicable)) {
      return 0;
    }
    int known = whyNot.indexOf(notApplicable.why());
    if (known < 0) {
      whyNot.add(notApplicable.why());
    }
    return known < 0 ? whyNot.size() : known + 1;
  }

  static void requireAlike(RecordKey first, RecordKey other) {
    if (!first.model().equals(other.model()) || first.values().size() != other.values().size()) {
      throw new InvariantViolated(
          "Roots of one definition are of one model, but here are " + first + " and " + other);
    }
  }

  static Key key(RecordKey key) {
    return Key.newBuilder().setModel(key.model().value()).addAllValue(key.values()).build();
  }

  static RecordKey key(Key wire) {
    return new RecordKey(new ModelName(wire.getModel()), wire.getValueList());
  }

  private static dev.overseer.runner.journal.wire.Outcome outcome(Outcome outcome) {
    var wire = dev.overseer.runner.journal.wire.Outcome.newBuilder();
    switch (outcome) {
      case Outcome.Passed _ -> wire.setPassed(true);
      case Outcome.Failed failed ->
          wire.setFailed(Failed.newBuilder().addAllReason(reasons(failed.reasons())));
      case Outcome.Inconclusive inconclusive -> wire.setInconclusive(inconclusive.why());
      case Outcome.NotApplicable notApplicable -> wire.setNotApplicable(notApplicable.why());
      case Outcome.Errored errored -> wire.setErrored(errored.error());
    }
    return wire.build();
  }

  private static Outcome outcome(dev.overseer.runner.journal.wire.Outcome wire) {
    return switch (wire.getKindCase()) {
      case PASSED -> Outcome.passed();
      case FAILED -> new Outcome.Failed(readReasons(wire.getFailed().getReasonList()));
      case INCONCLUSIVE -> Outcome.inconclusive(wire.getInconclusive());
      case NOT_APPLICABLE -> Outcome.notApplicable(wire.getNotApplicable());
      case ERRORED -> new Outcome.Errored(wire.getErrored());
      case KIND_NOT_SET -> throw new CorruptStore("A verdict in the journal has no outcome");
    };
  }

  static List<Reason> reasons(List<Outcome.Reason> reasons) {
    return reasons.stream()
        .map(
            reason ->
                Reason.newBuilder()
                    .setCode(reason.code())
                    .setText(reason.text())
                    .setExpected(reason.expected())
                    .setActual(reason.actual())
                    .build())
        .toList();
  }

  static List<Outcome.Reason> readReasons(List<Reason> wire) {
    return wire.stream()
        .map(
            reason ->
                new Outcome.Reason(
                    reason.getCode(), reason.getText(), reason.getExpected(), reason.getActual()))
        .toList();
  }
}
