package dev.overseer.runner.sweep;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.Activated;
import dev.overseer.runner.journal.JournalEntry.OfSweep;
import dev.overseer.runner.journal.JournalEntry.SweepBegun;
import dev.overseer.runner.journal.JournalEntry.SweepEnded;
import dev.overseer.runner.journal.JournalEntry.SweepWent;
import dev.overseer.runner.journal.JournalFold;
import dev.overseer.runner.journal.JournalReplay;
import dev.overseer.runner.journal.JudgedCuts;
import dev.overseer.runner.journal.SweepScope;
import dev.overseer.store.log.AppendLog;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Each check's sweep, as the journal tells it. A check has one at a time, under the definition that
 * is activated; another definition ends it. Safe for many threads.
 */
public final class SweepBook implements JournalFold, Sweeps {
  private static final String CHANGED = "the check has another definition";
  private static final String WHOLE = "all records were looked at, and what it triggered is judged";

  private final AppendLog<JournalEntry> journal;
  private final ToIntFunction<CheckName> recordsPerSecond;
  private final JudgedCuts judged = new JudgedCuts();
  private final InstantSource clock;
  private final Map<CheckName, OfCheck> checks = new HashMap<>();

  /** What there is to know of one check. */
  private static final class OfCheck {
    private @Nullable Activated activated;
    private boolean isFirstDefinition = true;
    private boolean wasSwept;
    private @Nullable SweepBegun begun;
    private @Nullable SweepState current;
    private @Nullable SweepEnded ended;
    private SweepStanding standing = SweepStanding.UNKNOWN;
    private SweepTriggers triggers = new SweepTriggers();
  }

  /** Knows nothing before the journal was replayed to it. */
  public SweepBook(
      AppendLog<JournalEntry> journal,
      ToIntFunction<CheckName> recordsPerSecond,
      InstantSource clock) {
    this.journal = journal;
    this.recordsPerSecond = recordsPerSecond;
    this.clock = clock;
  }

  @Override
  public synchronized void apply(LogOffset offset, JournalEntry entry) {
    judged.apply(entry);
    switch (entry) {
      case Activated activated -> apply(activated);
      case OfSweep ofSweep -> apply(offset, ofSweep);
      case JournalEntry.Judged judged -> count(judged.verdict());
      case JournalEntry.QuietVerdicts quiet when find(quiet.check()).isPresent() ->
          quiet.wholeVerdicts().forEach(this::count);
      case JournalEntry.QuietVerdicts _,
          JournalEntry.ModeChosen _,
          JournalEntry.Transitioned _,
          JournalEntry.IncidentTransitioned _,
          JournalEntry.Escalated _,
          JournalEntry.Delivered _,
          JournalEntry.DeliveryFailed _,
          JournalEntry.DeliveryGivenUp _,
          JournalEntry.ChangesDeleted _,
          JournalEntry.SubjectErased _ -> {}
    }
  }

  private void apply(Activated activated) {
    OfCheck check = of(activated.check());
    check.isFirstDefinition = check.activated == null;
    check.activated = activated;
    check.wasSwept = false;
    check.triggers = new SweepTriggers();
  }

  private void apply(LogOffset offset, OfSweep entry) {
    OfCheck check = of(entry.check());
    SweepState current = check.current;
    switch (entry) {
      case SweepBegun begun -> {
        check.begun = begun;
        check.current = SweepState.of(begun, check.triggers.last());
        check.standing = SweepStanding.UNKNOWN;
        check.wasSwept = true;
      }
      case SweepWent went -> {
        check.triggers.add(went.trigger(), offset);
        if (current != null) {
          check.current = current.after(went);
        }
      }
      case SweepEnded ended -> {
        check.current = null;
        check.ended = ended;
      }
    }
  }

  private OfCheck of(CheckName check) {
    return checks.computeIfAbsent(check, _ -> new OfCheck());
  }

  /** A verdict came on record that was not there before. */
  public synchronized void judged(Verdict verdict) {
    judged.judged(verdict);
    count(verdict);
  }

  private void count(Verdict verdict) {
    OfCheck check = checks.get(verdict.check());
    if (check == null) {
      return;
    }
    SweepState current = check.current;
    if (current != null
        && verdict.isComplete()
        && verdict.definition().equals(current.begun().definition())
        && check.triggers.contains(verdict.trigger())) {
      check.current = current.with(current.tally().judged(verdict.outcome()));
    }
  }

  /**
   * What the check's definition is now, once it is activated: a sweep under another ends. Durable
   * on return.
   *
   * @param sweepsChanged whether one begins when the definition is not the check's first, and there
   *     was none since it was activated
   */
  public synchronized void activated(Activated activated, boolean sweepsChanged) {
    OfCheck check = of(activated.check());
    if (!activated.equals(check.activated)) {
      apply(activated);
    }
    SweepState current = check.current;
    if (current != null && !current.begun().definition().equals(activated.definition())) {
      end(current, Optional.empty(), CHANGED);
    }
    if (sweepsChanged && !check.isFirstDefinition && !check.wasSwept) {
      begin(activated, SweepScope.UNJUDGED, Optional.empty(), "its definition was changed");
    }
  }

  /**
   * Somebody wants a sweep under the check's current definition. Durable on return.
   *
   * @throws InvalidRequest when there is one already, or nobody is named
   */
  public synchronized void begin(CheckName name, SweepScope scope, String by, String reason) {
    OfCheck check = of(name);
    if (by.isBlank()) {
      throw new InvalidRequest("Say who you are: a sweep is recorded with it");
    }
    if (check.activated == null) {
      throw new InvalidRequest("The check '%s' was never active".formatted(name));
    }
    if (check.current != null) {
      throw new InvalidRequest(
          "A sweep of the check '%s' is under way; stop it first to begin another".formatted(name));
    }
    begin(check.activated, scope, Optional.of(by), reason);
  }

  private void begin(Activated activated, SweepScope scope, Optional<String> by, String reason) {
    append(new SweepBegun(activated.check(), activated.definition(), scope, by, reason, now()));
  }

  /**
   * Somebody wants no more of it; what it has triggered is judged. Durable on return.
   *
   * @throws InvalidRequest when there is none, or nobody is named
   */
  public synchronized void stop(CheckName name, String by, String reason) {
    SweepState current = of(name).current;
    if (by.isBlank()) {
      throw new InvalidRequest("Say who you are: that a sweep is stopped is recorded with it");
    }
    if (current == null) {
      throw new InvalidRequest("There is no sweep of the check '%s' under way".formatted(name));
    }
    end(current, Optional.of(by), reason);
  }

  private void end(SweepState sweep, Optional<String> by, String reason) {
    SweepBegun begun = sweep.begun();
    append(new SweepEnded(begun.check(), begun.definition(), sweep.tally(), by, reason, now()));
  }

  /** The journal first: what it does not take has not happened. */
  private void append(OfSweep entry) {
    LogOffset offset = journal.append(entry);
    journal.sync();
    apply(offset, entry);
  }

  @Override
  public int recordsPerSecond(CheckName check) {
    return recordsPerSecond.applyAsInt(check);
  }

  @Override
  public synchronized EffectiveTime unjudgedFrom(CheckName check) {
    return judged.unjudgedFrom(check);
  }

  @Override
  public synchronized Optional<SweepState> find(CheckName check, DefinitionHash definition) {
    return find(check).filter(sweep -> sweep.begun().definition().equals(definition));
  }

  /** The check's sweep that has not ended. */
  public synchronized Optional<SweepState> find(CheckName check) {
    OfCheck known = checks.get(check);
    return known == null ? Optional.empty() : Optional.ofNullable(known.current);
  }

  /** The check's last sweep, if there ever was one. */
  public synchronized Optional<SweepBegun> findBegun(CheckName check) {
    OfCheck known = checks.get(check);
    return known == null ? Optional.empty() : Optional.ofNullable(known.begun);
  }

  /** How the check's last sweep ended, if one ever did. */
  public synchronized Optional<SweepEnded> findEnded(CheckName check) {
    OfCheck known = checks.get(check);
    return known == null ? Optional.empty() : Optional.ofNullable(known.ended);
  }

  /** What is seen of the sweep that is under way. */
  public synchronized SweepStanding standing(CheckName check) {
    OfCheck known = checks.get(check);
    return known == null ? SweepStanding.UNKNOWN : known.standing;
  }

  @Override
  public synchronized Optional<SweepWent> go(
      SweepState sweep,
      EffectiveTime trigger,
      List<RecordKey> roots,
      long lookedAt,
      Optional<RecordKey> last) {
    SweepBegun begun = sweep.begun();
    if (find(begun.check()).filter(it -> it.begun().equals(begun)).isEmpty()) {
      return Optional.empty();
    }
    SweepWent went =
        new SweepWent(begun.check(), begun.definition(), trigger, roots, lookedAt, last, now());
    append(went);
    return Optional.of(went);
  }

  @Override
  public synchronized void end(SweepState sweep) {
    CheckName check = sweep.begun().check();
    find(check)
        .filter(it -> it.begun().equals(sweep.begun()))
        .ifPresent(it -> end(it, Optional.empty(), WHOLE));
  }

  @Override
  public synchronized void stands(CheckName check, SweepStanding standing) {
    of(check).standing = standing;
  }

  @Override
  public void eachFrom(
      EffectiveTime from, CheckName check, DefinitionHash definition, Consumer<SweepWent> each) {
    placeOf(from, check)
        .ifPresent(
            place ->
                JournalReplay.replay(
                    journal,
                    place,
                    List.of(
                        (_, entry) -> {
                          if (entry instanceof SweepWent went
                              && went.check().equals(check)
                              && went.definition().equals(definition)
                              && !went.trigger().isBefore(from)) {
                            each.accept(went);
                          }
                        })));
  }

  private synchronized Optional<LogOffset> placeOf(EffectiveTime from, CheckName check) {
    OfCheck known = checks.get(check);
    return known != null && !known.triggers.isEmpty() && !known.triggers.last().isBefore(from)
        ? Optional.of(known.triggers.readFrom(from))
        : Optional.empty();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
