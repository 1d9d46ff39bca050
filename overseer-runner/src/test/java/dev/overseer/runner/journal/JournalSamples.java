package dev.overseer.runner.journal;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Lsn;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import dev.overseer.model.TransactionId;
import dev.overseer.model.UpdateId;
import dev.overseer.runner.judging.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Verdicts and evidence for tests: a withdrawal and its booking. */
public final class JournalSamples {
  public static final CheckName CHECK = new CheckName("withdrawal-is-booked-once");
  public static final DefinitionHash DEFINITION = new DefinitionHash("c0ffee");
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  public static final Evidence NO_EVIDENCE =
      new Evidence(List.of(), 0, Map.of(), new Evidence.Decider.Deadline());

  private JournalSamples() {}

  public static RecordKey withdrawal(String id) {
    return RecordKey.of(new ModelName("withdrawal"), id);
  }

  /** The effective time that many seconds after {@link #START}. */
  public static EffectiveTime second(double seconds) {
    return EffectiveTime.of(START).plus(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  /** A complete verdict, its cut one second after its trigger. */
  public static Verdict verdict(RecordKey root, double trigger, Outcome outcome) {
    return verdict(CHECK, root, trigger, outcome);
  }

  public static Verdict verdict(CheckName check, RecordKey root, double trigger, Outcome outcome) {
    return new Verdict(
        check,
        DEFINITION,
        root,
        second(trigger),
        second(trigger + 1),
        new Verdict.Completeness.Complete(),
        outcome);
  }

  /** Updates of the root at these seconds; the last of them decided. */
  public static Evidence evidence(RecordKey root, double... seconds) {
    List<Evidence.Update> updates =
        Arrays.stream(seconds).mapToObj(at -> update(root, at)).toList();
    Evidence.Update latest = updates.getLast();
    return new Evidence(
        updates,
        0,
        Map.of(new SourceName("payments"), new Lsn(0xFF00000011L)),
        new Evidence.Decider.LatestUpdate(latest.effectiveTime(), latest.commitTime()));
  }

  static Evidence.Update update(RecordKey record, double seconds) {
    long position = Math.round(seconds * 1000);
    return new Evidence.Update(
        record,
        new UpdateId(
            new SourceName("payments"),
            new TransactionId(new Incarnation("7412", 1), new Lsn(position)),
            0),
        Operation.UPDATE,
        new LogOffset(position),
        second(seconds),
        second(seconds).toInstant());
  }
}
