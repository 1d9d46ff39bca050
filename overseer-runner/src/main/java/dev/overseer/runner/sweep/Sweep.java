package dev.overseer.runner.sweep;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.JournalEntry.SweepBegun;
import dev.overseer.runner.journal.JournalEntry.SweepWent;
import dev.overseer.runner.sweep.RootWalk.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the roots of one check, some at a time, and has those judged that are wanted.
 *
 * <p>It triggers them: as if each of their views had been updated just after the frontier, with
 * nothing changed. Up to there nothing is decided yet, so its triggers take their turn in source
 * time with all others; and as they are on record before they are acted on, whoever begins again
 * before that time acts on them again, to the same end.
 *
 * <p>It goes on when the check has nothing else to do, and every {@link #SHARE_EVERY} even when it
 * has; never faster than it is allowed to, nor while sources are silent. Belongs to one thread.
 */
public final class Sweep {
  static final Duration STEP_EVERY = Duration.ofMillis(250);
  static final Duration SHARE_EVERY = Duration.ofSeconds(10);
  static final int RECORDS_MAX = 500;

  /** The frontier is mostly the time of an update, which has verdicts of its own. */
  private static final Duration JUST_AFTER = Duration.ofNanos(1000);

  /** What was not made use of for longer is lost. */
  private static final Duration SAVED_MAX = Duration.ofSeconds(1);

  /** So many records may be looked at again after a crash, where no root was wanted for them. */
  private static final int UNRECORDED_MAX = 10_000;

  private final CheckName check;
  private final DefinitionHash definition;
  private final Supplier<RootWalk> walks;
  private final Sweeps sweeps;
  private @Nullable SweepBegun begun;
  private RootWalk roots;
  private RecordCount count;
  private Optional<RecordKey> after = Optional.empty();
  private long lookedAt;
  private Instant wentAt = Instant.MIN;
  private Instant lookAgain = Instant.MIN;

  /**
   * @param walks for each sweep one
   */
  public Sweep(
      CheckName check, DefinitionHash definition, Supplier<RootWalk> walks, Sweeps sweeps) {
    this.check = check;
    this.definition = definition;
    this.walks = walks;
    this.sweeps = sweeps;
    this.roots = walks.get();
    this.count = roots.count();
  }

  /** What the check is doing otherwise. */
  public interface Course {

    /** Everything before it is heard; what is triggered now comes at this time. */
    EffectiveTime frontier();

    /** Every trigger up to there is judged. */
    EffectiveTime covered();

    /** Whether the check has something else to do. */
    boolean isBusy();

    /** Why nothing can be judged at present, for people. */
    Optional<String> hindrance();
  }

  /** What is to be triggered now, which is on record. */
  public Optional<SweepWent> step(Instant now, Course course) {
    if (now.isBefore(lookAgain)) {
      return Optional.empty();
    }
    lookAgain = now.plus(STEP_EVERY);
    SweepState state = sweeps.find(check, definition).orElse(null);
    if (state == null) {
      return Optional.empty();
    }
    takeUp(state, now);
    if (state.isWalked()) {
      endIfJudged(state, course);
      return Optional.empty();
    }
    count.goOn();
    Optional<String> held = held(state, course);
    sweeps.stands(check, new SweepStanding(count.counted(), count.isWhole(), held));
    return held.isEmpty() && isItsTurn(now, course) ? go(state, now, course) : Optional.empty();
  }

  private void takeUp(SweepState state, Instant now) {
    if (!state.begun().equals(begun)) {
      begun = state.begun();
      roots = walks.get();
      count = roots.count();
      lookedAt = 0;
      wentAt = now.minus(STEP_EVERY);
      after =
          switch (state.walk()) {
            case SweepState.Walk.After(RecordKey record) -> Optional.of(record);
            case SweepState.Walk.Beginning _, SweepState.Walk.Over _ -> Optional.empty();
          };
    }
  }

  private void endIfJudged(SweepState state, Course course) {
    sweeps.stands(
        check,
        new SweepStanding(
            state.tally().lookedAt(),
            true,
            Optional.of("what it triggered last is still to be judged")));
    if (course.covered().compareTo(state.last()) >= 0) {
      sweeps.end(state);
      begun = null;
    }
  }

  /** What it triggers must come after all that is on record: it says how things are now. */
  private Optional<String> held(SweepState state, Course course) {
    EffectiveTime frontier = course.frontier();
    if (frontier.isBefore(sweeps.unjudgedFrom(check))) {
      return Optional.of("what is on record is judged once more");
    }
    return course
        .hindrance()
        .or(
            () ->
                frontier.isAfter(state.last())
                    ? Optional.empty()
                    : Optional.of("a source of the view is not heard further"));
  }

  private boolean isItsTurn(Instant now, Course course) {
    return !course.isBusy() || !now.isBefore(wentAt.plus(SHARE_EVERY));
  }

  private Optional<SweepWent> go(SweepState state, Instant now, Course course) {
    int most = allowed(Duration.between(wentAt, now));
    if (most == 0) {
      return Optional.empty();
    }
    wentAt = now;
    EffectiveTime frontier = course.frontier();
    Stretch stretch = roots.next(after, most, state.begun().scope(), frontier.previous());
    after = stretch.last();
    lookedAt += stretch.lookedAt();
    boolean isNews = !stretch.wanted().isEmpty() || after.isEmpty() || lookedAt >= UNRECORDED_MAX;
    if (!isNews) {
      return Optional.empty();
    }
    long looked = lookedAt;
    lookedAt = 0;
    return sweeps.go(state, frontier.plus(JUST_AFTER), stretch.wanted(), looked, after);
  }

  private int allowed(Duration since) {
    long millis = Math.min(since.toMillis(), SAVED_MAX.toMillis());
    return (int) Math.min(RECORDS_MAX, sweeps.recordsPerSecond(check) * millis / 1000);
  }
}
