package dev.overseer.server.canary;

import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.formats.Formats;
import dev.overseer.ingestion.OwnSource;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Operation;
import dev.overseer.model.Stage;
import dev.overseer.runner.incidents.IncidentBook;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.store.log.AppendLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Breaks a record of Overseer's own in every period, waits until its violation is on record, and
 * heals it. The break travels as every change does: log, index, runner, journal. While one is not
 * found no other is planted: it is found later, or the canary is silent, which is an incident.
 *
 * <p>Nothing is planted before the first period is over. What a crash took is planted anew. Steps
 * belong to one thread; what the journal says may come from another.
 */
public final class Canary implements Stage {
  /** After so many periods without a find it is silent: one to rest, the others to find. */
  static final int SILENT_PERIODS = 4;

  private final Duration every;
  private final OwnSource source;
  private final AppendLog<LogRecord> log;
  private final IncidentBook incidents;
  private final Consumer<Duration> detected;
  private final InstantSource clock;
  private Instant heardAt;
  private Life life;
  private final AtomicLong planted = new AtomicLong();
  private final AtomicLong found = new AtomicLong();
  private volatile boolean silent;

  /** An incident of an earlier life may be open. */
  private boolean maybeTold = true;

  private sealed interface Life {}

  private record Resting(Instant until) implements Life {}

  /** Broken, and not found yet. */
  private record Broken(Instant at, EffectiveTime since, boolean isMarked) implements Life {}

  /** Found, and healed at {@code at}. */
  private record Healed(Instant plantedAt, Instant at, EffectiveTime since) implements Life {}

  /**
   * @param progress what the log holds of its source already
   * @param detected hears of each break how long it took, beyond the second that its check settles,
   *     until its violation was durable
   */
  public Canary(
      Duration every,
      AppendLog<LogRecord> log,
      Optional<SourceProgress> progress,
      IncidentBook incidents,
      Consumer<Duration> detected,
      InstantSource clock) {
    this.every = every;
    this.log = log;
    this.source =
        new OwnSource(
            CanaryDefinitions.source(),
            new Incarnation(log.identity().toString(), 1),
            log,
            progress,
            clock);
    this.incidents = incidents;
    this.detected = detected;
    this.clock = clock;
    this.heardAt = clock.instant();
    this.life = new Resting(heardAt.plus(every));
  }

  @Override
  public synchronized boolean step() {
    Instant now = clock.instant();
    boolean worked =
        switch (life) {
          case Resting resting -> !now.isBefore(resting.until()) && plant(now);
          case Broken broken -> !broken.isMarked() && mark(broken, now);
          case Healed healed -> rest(healed, now);
        };
    listen(now);
    return worked;
  }

  private boolean plant(Instant now) {
    if (!log.hasRoom()) {
      return false;
    }
    life = new Broken(now, commit(now, CanaryDefinitions.broken()), false);
    planted.incrementAndGet();
    return true;
  }

  /** Without a mark nobody could tell that nothing else came by the cut. */
  private boolean mark(Broken broken, Instant now) {
    if (now.isBefore(broken.at().plus(CanaryDefinitions.SETTLE))) {
      return false;
    }
    source.passed(broken.since().plus(CanaryDefinitions.SETTLE));
    life = new Broken(broken.at(), broken.since(), true);
    return true;
  }

  /**
   * Takes what is in the journal, durably.
   *
   * @param read when it was read there
   */
  public synchronized void heard(JournalEntry entry, Instant read) {
    if (entry instanceof JournalEntry.Judged judged
        && life instanceof Broken broken
        && isFind(judged.verdict(), broken)) {
      Duration taken = Duration.between(broken.at(), read).minus(CanaryDefinitions.SETTLE);
      detected.accept(taken.isNegative() ? Duration.ZERO : taken);
      found.incrementAndGet();
      heardAt = read;
      life = new Healed(broken.at(), read, commit(read, CanaryDefinitions.whole()));
    }
  }

  private static boolean isFind(Verdict verdict, Broken broken) {
    return verdict.check().equals(CanaryDefinitions.CHECK)
        && verdict.isComplete()
        && verdict.outcome() instanceof Outcome.Failed
        && !verdict.trigger().isBefore(broken.since());
  }

  private boolean rest(Healed healed, Instant now) {
    if (now.isBefore(healed.at().plus(CanaryDefinitions.SETTLE))) {
      return false;
    }
    source.passed(healed.since().plus(CanaryDefinitions.SETTLE));
    life = new Resting(healed.plantedAt().plus(every));
    return true;
  }

  private void listen(Instant now) {
    boolean isSilent = !now.isBefore(heardAt.plus(every.multipliedBy(SILENT_PERIODS)));
    if (isSilent && !silent) {
      incidents.raise(
          IncidentKind.CANARY_SILENT,
          CanaryDefinitions.NAME,
          ("What Overseer breaks on purpose every %d s has not been found since %s, so nothing else"
                  + " would be: see whether its stages live, its disk takes writes, and its index"
                  + " is whole")
              .formatted(every.toSeconds(), heardAt));
      maybeTold = true;
    } else if (!isSilent && maybeTold && found.get() > 0) {
      incidents.clear(IncidentKind.CANARY_SILENT, CanaryDefinitions.NAME, "It is found again");
      maybeTold = false;
    }
    silent = isSilent;
  }

  private EffectiveTime commit(Instant at, byte[] row) {
    return source.commit(at, Formats.PGOUTPUT, CanaryDefinitions.schema(), Operation.UPDATE, row);
  }

  public long plantedCount() {
    return planted.get();
  }

  public long foundCount() {
    return found.get();
  }

  public boolean isSilent() {
    return silent;
  }
}
