package dev.overseer.runner.journal;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.judging.Evidence;
import dev.overseer.store.retention.Deletion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One record of the journal. Every {@code at} is on Overseer's own clock, in whole microseconds.
 */
public sealed interface JournalEntry {

  /** The verdicts that it puts on record, each with all that belongs to it. */
  default Stream<Verdict> wholeVerdicts() {
    return switch (this) {
      case Judged judged -> Stream.of(judged.verdict());
      case QuietVerdicts quiet -> quiet.verdicts().stream().map(quiet::whole);
      case Activated _,
          Delivered _,
          DeliveryFailed _,
          DeliveryGivenUp _,
          Escalated _,
          IncidentTransitioned _,
          ModeChosen _,
          OfSweep _,
          ChangesDeleted _,
          SubjectErased _,
          Transitioned _ ->
          Stream.empty();
    };
  }

  /**
   * A check's definition applies to triggers from {@code from} on.
   *
   * @param description the definition for people, as it was then
   */
  record Activated(
      CheckName check,
      DefinitionHash definition,
      EffectiveTime from,
      String description,
      Instant at)
      implements JournalEntry {}

  /**
   * From now on the check is in this mode.
   *
   * @param by empty: the configuration said so
   */
  record ModeChosen(CheckName check, CheckMode mode, Optional<String> by, String reason, Instant at)
      implements JournalEntry {}

  /** One verdict with its evidence: all but those in {@link QuietVerdicts}. */
  record Judged(VerdictId id, Verdict verdict, Evidence evidence, Instant at)
      implements JournalEntry {}

  /** Complete verdicts of one definition that ask nothing of anybody, together. */
  record QuietVerdicts(CheckName check, DefinitionHash definition, List<Quiet> verdicts)
      implements JournalEntry {
    public QuietVerdicts {
      verdicts = List.copyOf(verdicts);
      if (verdicts.isEmpty()) {
        throw new InvariantViolated("A block of verdicts of " + check + " is empty");
      }
    }

    /** One of the block's verdicts with what it shares with the others. */
    public Verdict whole(Quiet verdict) {
      return new Verdict(
          check,
          definition,
          verdict.root(),
          verdict.trigger(),
          verdict.cut(),
          new Verdict.Completeness.Complete(),
          verdict.outcome());
    }
  }

  /**
   * A complete verdict without its check and definition.
   *
   * @param outcome passed, or not applicable
   */
  record Quiet(RecordKey root, EffectiveTime trigger, EffectiveTime cut, Outcome outcome) {
    public Quiet {
      switch (outcome) {
        case Outcome.Passed _, Outcome.NotApplicable _ -> {}
        case Outcome.Failed _, Outcome.Inconclusive _, Outcome.Errored _ ->
            throw new InvariantViolated("A verdict is not quiet when it says " + outcome);
      }
    }
  }

  /** A violation took a step. */
  record Transitioned(ViolationId violation, CheckName check, RecordKey root, Move move)
      implements JournalEntry {}

  /** An incident took a step. */
  record IncidentTransitioned(IncidentId incident, IncidentKind kind, String subject, Move move)
      implements JournalEntry {}

  /**
   * The outbox: this is owed to that channel.
   *
   * @param sequence of the subject's step that it tells of
   * @param body what is sent, JSON, the same at every attempt
   */
  record Escalated(
      DeliveryId id, SubjectId subject, long sequence, String channel, String body, Instant at)
      implements JournalEntry {}

  /** The channel took it. */
  record Delivered(DeliveryId id, Instant at) implements JournalEntry {}

  /** The channel did not take it; it is tried again. Not every attempt is on record. */
  record DeliveryFailed(DeliveryId id, int attempt, String error, Instant at)
      implements JournalEntry {}

  /**
   * Somebody had the key of a subject destroyed: from then on nothing that was encrypted with it
   * can be read.
   *
   * @param kind of the subject
   * @param subject a keyed hash of the subject, in hexadecimal: on record is that somebody was
   *     erased, and not who
   * @param key the name of the destroyed key, which its tokens begin with
   */
  record SubjectErased(
      String kind, String subject, String key, String by, String reason, Instant at)
      implements JournalEntry {}

  /** The channel did not take it for so long that it is tried no more. */
  record DeliveryGivenUp(DeliveryId id, String error, Instant at) implements JournalEntry {}

  /** A sweep of one check, under one definition, from its beginning to its end. */
  sealed interface OfSweep extends JournalEntry {
    CheckName check();

    DefinitionHash definition();
  }

  /** Roots are to be judged that nothing else would have judged. */
  record SweepBegun(
      CheckName check,
      DefinitionHash definition,
      SweepScope scope,
      Optional<String> by,
      String reason,
      Instant at)
      implements OfSweep {}

  /**
   * The sweep triggers these roots, as if each of their views had been updated then.
   *
   * @param trigger not before that of the entry before, of the same check
   * @param lookedAt how many records it looked at for them: roots, and what may tell of others
   * @param last the one that was looked at last; empty when there are no more
   */
  record SweepWent(
      CheckName check,
      DefinitionHash definition,
      EffectiveTime trigger,
      List<RecordKey> roots,
      long lookedAt,
      Optional<RecordKey> last,
      Instant at)
      implements OfSweep {
    public SweepWent {
      roots = List.copyOf(roots);
    }
  }

  /**
   * Nothing more comes of the sweep.
   *
   * @param by who stopped it; empty where it came to its end, or its definition did
   */
  record SweepEnded(
      CheckName check,
      DefinitionHash definition,
      SweepTally tally,
      Optional<String> by,
      String reason,
      Instant at)
      implements OfSweep {}

  /** Changes older than their source's retention are deleted from a segment of the update log. */
  record ChangesDeleted(Deletion deletion, Instant at) implements JournalEntry {}
}
