package dev.overseer.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import dev.overseer.model.UpdateId;
import dev.overseer.store.index.KnownInterval;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a log holds of one source, read as its readers would, while everything that ingestion
 * promises about its substream is checked.
 */
public final class StoredSource {
  private final SourceName source;
  private final List<Transaction> transactions = new ArrayList<>();
  private final List<LogOffset> committedAt = new ArrayList<>();
  private final Set<Transaction> disowned = new HashSet<>();
  private final List<LogRecord> others = new ArrayList<>();
  private final Map<TableName, LogOffset> schemas = new HashMap<>();
  private final Map<TableName, List<KnownInterval>> known = new HashMap<>();
  private final Map<TableName, LogRecord.TableReading> reading = new HashMap<>();
  private List<LogRecord> streaming = new ArrayList<>();
  private List<LogOffset> streamingAt = new ArrayList<>();
  private LogRecord.@Nullable SourceOpened opened;
  private @Nullable SourcePosition commit;
  private @Nullable SourcePosition resume;
  private EffectiveTime watermark = EffectiveTime.MIN;
  private EffectiveTime mark = EffectiveTime.MIN;

  /** A whole transaction: its commit, and its changes and dead letters. */
  public record Transaction(LogRecord.Commit commit, List<LogRecord> changes) {
    public List<UpdateId> ids() {
      List<UpdateId> ids = new ArrayList<>();
      for (int i = 0; i < changes.size(); i++) {
        ids.add(new UpdateId(commit.source(), commit.transaction(), i));
      }
      return ids;
    }
  }

  private StoredSource(SourceName source) {
    this.source = source;
  }

  public static StoredSource of(SourceName source, ReadableLog<LogRecord> log) {
    StoredSource stored = new StoredSource(source);
    try (LogReader<LogRecord> reader = log.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        if (reader.record().source().equals(source)) {
          stored.take(reader.offset(), reader.record());
        }
      }
    }
    return stored;
  }

  public List<Transaction> transactions() {
    return transactions;
  }

  public List<LogRecord> changes() {
    return transactions.stream().flatMap(all -> all.changes().stream()).toList();
  }

  /** The changes that no fork disowned. */
  public List<LogRecord> counting() {
    return transactions.stream()
        .filter(transaction -> !disowned.contains(transaction))
        .flatMap(all -> all.changes().stream())
        .toList();
  }

  public <R extends LogRecord> List<R> others(Class<R> kind) {
    return others.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public EffectiveTime watermark() {
    return watermark;
  }

  public Optional<SourcePosition> resume() {
    return Optional.ofNullable(resume);
  }

  /** As the index would give it to a program that starts now. */
  public Optional<SourceProgress> progress() {
    return Optional.ofNullable(opened)
        .map(
            at ->
                new SourceProgress(
                    source,
                    at.incarnation(),
                    at.clockOffsetMicros(),
                    Optional.ofNullable(commit),
                    Optional.ofNullable(resume),
                    watermark,
                    mark,
                    EffectiveTime.MIN,
                    schemas,
                    known,
                    reading));
  }

  private void take(LogOffset offset, LogRecord record) {
    switch (record) {
      case LogRecord.Change _, LogRecord.DeadLetter _, LogRecord.Expired _ -> {
        streaming.add(record);
        streamingAt.add(offset);
      }
      case LogRecord.Commit whole -> {
        commit(whole);
        committedAt.add(offset);
      }
      case LogRecord.Schema schema -> {
        others.add(schema);
        schemas.put(schema.table(), offset);
      }
      case LogRecord.Horizon next -> others.add(next);
      case LogRecord.Mark next -> {
        others.add(next);
        assertThat(next.watermark()).isGreaterThanOrEqualTo(watermark);
        watermark = next.watermark();
        mark = next.watermark();
        resume = next.position();
      }
      case LogRecord.SourceOpened next -> open(next);
      case LogRecord.TableReading next -> {
        others.add(next);
        reading.put(next.table(), next);
      }
      case LogRecord.Forked next -> fork(next);
      case LogRecord.TableKnown next -> {
        others.add(next);
        reading.remove(next.table());
        known
            .computeIfAbsent(next.table(), _ -> new ArrayList<>())
            .add(new KnownInterval(next.from(), EffectiveTime.MAX));
      }
      case LogRecord.TableUnknown next -> {
        others.add(next);
        boolean wasBeingRead = reading.remove(next.table()) != null;
        List<KnownInterval> intervals = known.getOrDefault(next.table(), List.of());
        if (!wasBeingRead) {
          assertThat(intervals).isNotEmpty();
          intervals.add(new KnownInterval(intervals.removeLast().from(), next.after()));
        }
      }
    }
  }

  private void open(LogRecord.SourceOpened next) {
    others.add(next);
    Incarnation before = opened == null ? null : opened.incarnation();
    if (!next.incarnation().equals(before)) {
      commit = null;
      resume = null;
    }
    opened = next;
  }

  private void fork(LogRecord.Forked next) {
    others.add(next);
    assertThat(next.from()).isGreaterThanOrEqualTo(watermark);
    for (int i = 0; i < transactions.size(); i++) {
      if (committedAt.get(i).compareTo(next.disowned()) >= 0) {
        disowned.add(transactions.get(i));
      }
    }
    LogRecord.SourceOpened before = Objects.requireNonNull(opened);
    opened =
        new LogRecord.SourceOpened(
            source, before.type(), next.incarnation(), before.clockOffsetMicros());
    commit = commit == null ? null : earlier(commit, next.fork());
    resume = resume == null ? null : earlier(resume, next.fork());
  }

  private static SourcePosition earlier(SourcePosition one, SourcePosition other) {
    return Positions.compare(one, other) <= 0 ? one : other;
  }

  private void commit(LogRecord.Commit whole) {
    int from = 0;
    while (from < streaming.size() && streamingAt.get(from).compareTo(whole.first()) < 0) {
      from++;
    }
    List<LogRecord> changes = List.copyOf(streaming.subList(from, streaming.size()));
    assertThat(changes).hasSize(whole.count());
    for (int i = 0; i < changes.size(); i++) {
      assertThat(ordinal(changes.get(i))).isEqualTo(i);
    }
    assertThat(whole.effectiveTime()).isGreaterThanOrEqualTo(watermark);
    transactions.add(new Transaction(whole, changes));
    streaming = new ArrayList<>();
    streamingAt = new ArrayList<>();
    commit = whole.transaction().commit();
    resume = whole.end();
    watermark = whole.effectiveTime();
  }

  private static int ordinal(LogRecord record) {
    return switch (record) {
      case LogRecord.Change change -> change.ordinal();
      case LogRecord.DeadLetter letter -> letter.ordinal();
      default -> throw new AssertionError(record);
    };
  }
}
