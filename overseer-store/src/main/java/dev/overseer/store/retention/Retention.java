package dev.overseer.store.retention;

import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.model.Stage;
import dev.overseer.model.Unavailable;
import dev.overseer.store.archive.SegmentArchive;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.store.index.UpdateIndex;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.SealedSegment;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.ThinnedFile;
import dev.overseer.store.log.Thinning;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Deletes what is older than its source's retention and superseded, a segment at a time, oldest
 * first.
 *
 * <p>The order makes it safe to die anywhere. The log says the new {@link LogRecord.Horizon}, and
 * that outlives what the log is to outlive, before anything before it is looked at. Of each segment
 * a file without the changes is made; the journal says what is deleted, durably, in the archive
 * too; only then the file takes the segment's place, first in the archive, then on this disk, and
 * last the archive's old object goes. A start finishes what the journal says, and forgets what it
 * does not.
 */
public final class Retention implements Stage {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(30);

  private final Map<SourceName, Duration> retention;
  private final SegmentedLog<LogRecord> log;
  private final UpdateIndex index;
  private final Definitions definitions;
  private final ChangeReaders readers;
  private final Optional<SegmentArchive> archive;
  private final DeletionRecords records;
  private final Surroundings surroundings;
  private final Horizons horizons;

  private boolean hasRecovered;
  private Optional<ThinnedFile> onRecord = Optional.empty();
  private Optional<LogOffset> awaited = Optional.empty();
  private Optional<Sweep> sweep;
  private Map<SourceName, Superseded> superseded = new HashMap<>();
  private Instant due = Instant.MIN;

  /**
   * What it is told and tells.
   *
   * @param judged every trigger before this time is judged, by all checks, and on record
   * @param kept the file that says how far the last sweep came
   * @param refused hears what storage says when it does not do its part; it is tried again
   */
  public record Surroundings(
      Supplier<EffectiveTime> judged,
      Path kept,
      Consumer<Unavailable> refused,
      InstantSource clock) {}

  /**
   * @param retention of the sources that have any
   * @param archive of the log, if it has one
   */
  public Retention(
      Map<SourceName, Duration> retention,
      SegmentedLog<LogRecord> log,
      UpdateIndex index,
      Definitions definitions,
      ChangeReaders readers,
      Optional<SegmentArchive> archive,
      DeletionRecords records,
      Surroundings surroundings) {
    this.retention = Map.copyOf(retention);
    this.log = log;
    this.index = index;
    this.definitions = definitions;
    this.readers = readers;
    this.archive = archive;
    this.records = records;
    this.surroundings = surroundings;
    this.horizons = new Horizons(retention, definitions);
    this.sweep = Sweep.find(surroundings.kept());
  }

  @Override
  public boolean step() {
    Instant now = surroundings.clock().instant();
    if (now.isBefore(due)) {
      return false;
    }
    try {
      return work(now);
    } catch (Unavailable e) {
      surroundings.refused().accept(e);
      due = now.plus(RETRY);
      return false;
    }
  }

  private boolean work(Instant now) {
    if (!hasRecovered) {
      recover();
      hasRecovered = true;
      return true;
    }
    if (onRecord.isPresent()) {
      return records.areSafe() ? delete(onRecord.get()) : wait(now, WAIT);
    }
    Map<SourceName, SourceProgress> progress = index.progress();
    if (awaited.isPresent()) {
      return isSafe(awaited.get()) ? look(progress) : wait(now, WAIT);
    }
    if (sweep.filter(it -> it.horizons().equals(horizons.current(progress))).isEmpty()) {
      return begin(horizons.current(progress));
    }
    Sweep current = sweep.get();
    boolean worked = current.isDone() ? move(progress) : thinNext(current);
    return worked || wait(now, LOOK_EVERY);
  }

  private boolean wait(Instant now, Duration pause) {
    due = now.plus(pause);
    return false;
  }

  private void recover() {
    for (ThinnedFile file : log.prepared()) {
      if (records.last().filter(last -> last.isOf(file)).isPresent()) {
        onRecord = Optional.of(file);
      } else {
        log.giveUp(file);
      }
    }
    if (onRecord.isEmpty() && archive.isPresent()) {
      records.last().ifPresent(last -> archive.get().deleteBefore(last.first(), last.generation()));
    }
  }

  private boolean delete(ThinnedFile file) {
    archive.ifPresent(it -> it.put(file));
    log.replace(file);
    archive.ifPresent(it -> it.deleteBefore(file.first(), file.generation()));
    onRecord = Optional.empty();
    return true;
  }

  /** Says the new horizons, where some are due. */
  private boolean move(Map<SourceName, SourceProgress> progress) {
    Map<SourceName, EffectiveTime> moved = horizons.due(progress, surroundings.judged().get());
    if (moved.isEmpty()) {
      return false;
    }
    LogOffset last = LogOffset.ZERO;
    for (Map.Entry<SourceName, EffectiveTime> horizon : moved.entrySet()) {
      last = log.append(new LogRecord.Horizon(horizon.getKey(), horizon.getValue()));
    }
    log.sync();
    awaited = Optional.of(last.next());
    return true;
  }

  /** Everything before this outlives the machine, where there is an archive, and is indexed. */
  private boolean isSafe(LogOffset end) {
    LogOffset safe = archive.isPresent() ? log.archived() : log.end();
    return safe.compareTo(end) >= 0 && index.consumed().compareTo(end) >= 0;
  }

  private boolean look(Map<SourceName, SourceProgress> progress) {
    awaited = Optional.empty();
    return begin(horizons.current(progress));
  }

  private boolean begin(Map<SourceName, EffectiveTime> current) {
    superseded = new HashMap<>();
    goTo(new Sweep(current, current.isEmpty() ? LogOffset.MAX : LogOffset.ZERO));
    return true;
  }

  private void goTo(Sweep next) {
    next.keep(surroundings.kept());
    sweep = Optional.of(next);
  }

  private boolean thinNext(Sweep current) {
    Optional<SealedSegment> segment =
        log.packed(current.next()).filter(it -> mayBeThinned(it.first(), it.end()));
    if (segment.isEmpty()) {
      superseded = new HashMap<>();
      goTo(current.goneTo(LogOffset.MAX));
      return true;
    }
    SegmentDeletion deletion = examine(segment.get(), current);
    if (!deletion.isEmpty()) {
      Thinning thinning = log.prepare(segment.get().first(), deletion);
      records.put(deletion.of(thinning));
      onRecord = Optional.of(thinning.file());
    }
    goTo(current.goneTo(segment.get().end()));
    return true;
  }

  private boolean mayBeThinned(LogOffset first, LogOffset end) {
    boolean isArchived = archive.isEmpty() || log.archived().compareTo(end) >= 0;
    return first.compareTo(log.thinnable()) < 0 && isArchived;
  }

  private SegmentDeletion examine(SealedSegment segment, Sweep current) {
    SegmentDeletion deletion = new SegmentDeletion(segment.first());
    CommittedTimes times = CommittedTimes.of(log, segment.first(), segment.end());
    try (LogReader<LogRecord> reader = log.reader(segment.first())) {
      while (reader.next() && reader.offset().compareTo(segment.end()) < 0) {
        if (reader.record() instanceof LogRecord.Change change) {
          examine(change, reader.offset(), times, current, deletion);
        }
      }
    }
    return deletion;
  }

  private void examine(
      LogRecord.Change change,
      LogOffset offset,
      CommittedTimes times,
      Sweep current,
      SegmentDeletion deletion) {
    EffectiveTime horizon = current.horizons().get(change.source());
    Duration kept = retention.get(change.source());
    if (horizon == null || kept == null) {
      return;
    }
    times
        .of(change.source(), offset)
        .filter(at -> at.isBefore(horizon) && of(change.source(), horizon).contains(change, offset))
        .ifPresent(at -> deletion.add(change, offset, at, kept, horizon));
  }

  private Superseded of(SourceName source, EffectiveTime horizon) {
    return superseded.computeIfAbsent(
        source, _ -> new Superseded(log, index, definitions, readers, horizon));
  }
}
