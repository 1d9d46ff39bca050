package dev.overseer.store.index;

import dev.overseer.model.ChunkPosition;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Lsn;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Folds the log's records into each source's {@link SourceProgress}. Belongs to one thread. */
public final class ProgressFold {
  private final Map<SourceName, SourceProgress> sources;
  private final Map<SourceName, EffectiveTime> horizons;
  private final TreeSet<SourceName> moved = new TreeSet<>();

  public ProgressFold(Map<SourceName, SourceProgress> sources) {
    this(sources, Map.of());
  }

  /**
   * @param horizons that the log is known to say further on: what was deleted before them is
   *     missing already
   */
  public ProgressFold(
      Map<SourceName, SourceProgress> sources, Map<SourceName, EffectiveTime> horizons) {
    this.sources = new HashMap<>(sources);
    this.horizons = Map.copyOf(horizons);
    this.sources.replaceAll((source, before) -> forgotten(before, horizonOf(source)));
  }

  private EffectiveTime horizonOf(SourceName source) {
    return horizons.getOrDefault(source, EffectiveTime.MIN);
  }

  /** All sources, as far as folded. */
  public Map<SourceName, SourceProgress> progress() {
    return sources;
  }

  /** Those that moved since this was last asked. */
  List<SourceProgress> takeMoved() {
    List<SourceProgress> taken = moved.stream().map(this::get).toList();
    moved.clear();
    return taken;
  }

  public void fold(LogOffset offset, LogRecord record) {
    SourceProgress after =
        switch (record) {
          case LogRecord.SourceOpened opened -> opened(opened);
          case LogRecord.Forked forked -> forked(get(forked.source()), forked);
          case LogRecord.Commit commit -> committed(get(commit.source()), commit);
          case LogRecord.Mark mark -> marked(get(mark.source()), mark);
          case LogRecord.Schema schema -> described(get(schema.source()), schema, offset);
          case LogRecord.TableReading reading -> reading(get(reading.source()), reading);
          case LogRecord.TableKnown known ->
              known(notReading(get(known.source()), known.table()), known);
          case LogRecord.TableUnknown unknown ->
              unknown(notReading(get(unknown.source()), unknown.table()), unknown);
          case LogRecord.Horizon horizon -> forgotten(get(horizon.source()), horizon.from());
          case LogRecord.Change change -> get(change.source());
          case LogRecord.Expired expired -> get(expired.source());
          case LogRecord.DeadLetter deadLetter -> get(deadLetter.source());
        };
    sources.put(after.source(), after);
    moved.add(after.source());
  }

  private SourceProgress get(SourceName source) {
    SourceProgress progress = sources.get(source);
    if (progress == null) {
      throw new InvariantViolated(
          "Source '" + source + "' has records in the log before it opened");
    }
    return progress;
  }

  private SourceProgress opened(LogRecord.SourceOpened opened) {
    SourceProgress before = sources.get(opened.source());
    if (before == null) {
      return new SourceProgress(
          opened.source(),
          opened.incarnation(),
          opened.clockOffsetMicros(),
          Optional.empty(),
          Optional.empty(),
          EffectiveTime.MIN,
          EffectiveTime.MIN,
          horizonOf(opened.source()),
          Map.of(),
          Map.of(),
          Map.of());
    }
    boolean sameHistory = before.incarnation().equals(opened.incarnation());
    return new SourceProgress(
        opened.source(),
        opened.incarnation(),
        opened.clockOffsetMicros(),
        sameHistory ? before.commit() : Optional.empty(),
        sameHistory ? before.resume() : Optional.empty(),
        before.effectiveTime(),
        before.mark(),
        before.horizon(),
        before.schemas(),
        before.known(),
        before.reading());
  }

  private static SourceProgress forked(SourceProgress before, LogRecord.Forked forked) {
    return new SourceProgress(
        before.source(),
        forked.incarnation(),
        before.clockOffsetMicros(),
        before.commit().map(commit -> earlier(commit, forked.fork())),
        before.resume().map(resume -> earlier(resume, forked.fork())),
        before.effectiveTime().max(forked.from()),
        before.mark(),
        before.horizon(),
        before.schemas(),
        before.known(),
        before.reading());
  }

  private static SourcePosition earlier(SourcePosition position, SourcePosition fork) {
    return lsn(position).compareTo(lsn(fork)) <= 0 ? position : fork;
  }

  private static Lsn lsn(SourcePosition position) {
    return switch (position) {
      case Lsn lsn -> lsn;
      case ChunkPosition chunk -> chunk.at();
    };
  }

  private static SourceProgress committed(SourceProgress before, LogRecord.Commit commit) {
    return at(
        before,
        Optional.of(commit.transaction().commit()),
        commit.end(),
        before.effectiveTime().max(commit.effectiveTime()),
        before.mark());
  }

  private static SourceProgress marked(SourceProgress before, LogRecord.Mark mark) {
    return at(
        before,
        before.commit(),
        mark.position(),
        before.effectiveTime().max(mark.watermark()),
        before.mark().max(mark.watermark()));
  }

  private static SourceProgress at(
      SourceProgress before,
      Optional<SourcePosition> commit,
      SourcePosition resume,
      EffectiveTime effectiveTime,
      EffectiveTime mark) {
    return new SourceProgress(
        before.source(),
        before.incarnation(),
        before.clockOffsetMicros(),
        commit,
        Optional.of(resume),
        effectiveTime,
        mark,
        before.horizon(),
        before.schemas(),
        before.known(),
        before.reading());
  }

  private static SourceProgress described(
      SourceProgress before, LogRecord.Schema schema, LogOffset offset) {
    Map<TableName, LogOffset> schemas = new HashMap<>(before.schemas());
    schemas.put(schema.table(), offset);
    return about(before, schemas, before.known(), before.reading());
  }

  private static SourceProgress reading(SourceProgress before, LogRecord.TableReading reading) {
    Map<TableName, LogRecord.TableReading> all = new HashMap<>(before.reading());
    all.put(reading.table(), reading);
    return about(before, before.schemas(), before.known(), all);
  }

  private static SourceProgress notReading(SourceProgress before, TableName table) {
    Map<TableName, LogRecord.TableReading> others = new HashMap<>(before.reading());
    others.remove(table);
    return about(before, before.schemas(), before.known(), others);
  }

  /** A table that is known already stays known from when it was. */
  private static SourceProgress known(SourceProgress before, LogRecord.TableKnown known) {
    List<KnownInterval> intervals = intervalsOf(before, known.table());
    if (!intervals.isEmpty() && intervals.getLast().isOpen()) {
      return before;
    }
    return withIntervals(
        before,
        known.table(),
        append(
            intervals, new KnownInterval(known.from().max(before.horizon()), EffectiveTime.MAX)));
  }

  private static SourceProgress unknown(SourceProgress before, LogRecord.TableUnknown unknown) {
    List<KnownInterval> intervals = intervalsOf(before, unknown.table());
    if (intervals.isEmpty() || !intervals.getLast().isOpen()) {
      return before;
    }
    KnownInterval closed = new KnownInterval(intervals.getLast().from(), unknown.after());
    return withIntervals(
        before, unknown.table(), append(intervals.subList(0, intervals.size() - 1), closed));
  }

  private static List<KnownInterval> intervalsOf(SourceProgress progress, TableName table) {
    return progress.known().getOrDefault(table, List.of());
  }

  private static List<KnownInterval> append(
      Collection<KnownInterval> intervals, KnownInterval last) {
    List<KnownInterval> all = new ArrayList<>(intervals);
    all.add(last);
    return List.copyOf(all);
  }

  private static SourceProgress withIntervals(
      SourceProgress before, TableName table, List<KnownInterval> intervals) {
    Map<TableName, List<KnownInterval>> known = new HashMap<>(before.known());
    known.put(table, intervals);
    return about(before, before.schemas(), known, before.reading());
  }

  /** What was known before the horizon is known from the horizon on. */
  private static SourceProgress forgotten(SourceProgress before, EffectiveTime horizon) {
    Map<TableName, List<KnownInterval>> known = new HashMap<>();
    before.known().forEach((table, intervals) -> known.put(table, from(horizon, intervals)));
    return new SourceProgress(
        before.source(),
        before.incarnation(),
        before.clockOffsetMicros(),
        before.commit(),
        before.resume(),
        before.effectiveTime(),
        before.mark(),
        before.horizon().max(horizon),
        before.schemas(),
        known,
        before.reading());
  }

  private static List<KnownInterval> from(EffectiveTime horizon, List<KnownInterval> intervals) {
    return intervals.stream()
        .filter(interval -> !interval.until().isBefore(horizon))
        .map(interval -> new KnownInterval(interval.from().max(horizon), interval.until()))
        .toList();
  }

  private static SourceProgress about(
      SourceProgress before,
      Map<TableName, LogOffset> schemas,
      Map<TableName, List<KnownInterval>> known,
      Map<TableName, LogRecord.TableReading> reading) {
    return new SourceProgress(
        before.source(),
        before.incarnation(),
        before.clockOffsetMicros(),
        before.commit(),
        before.resume(),
        before.effectiveTime(),
        before.mark(),
        before.horizon(),
        schemas,
        known,
        reading);
  }
}
