package dev.overseer.ingestion;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord.TableReading;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import dev.overseer.store.index.SourceProgress;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What our log says of a source so far: at start its stored progress, from then on whatever is
 * appended. One thread.
 */
final class SourceKnowledge {
  private final Set<TableName> known = new TreeSet<>();
  private final SortedMap<TableName, TableReading> reading = new TreeMap<>();
  private @Nullable Incarnation incarnation;
  private long clockOffsetMicros;
  private @Nullable SourcePosition lastCommit;
  private @Nullable ConfirmablePositions positions;

  static SourceKnowledge of(Optional<SourceProgress> stored) {
    SourceKnowledge knowledge = new SourceKnowledge();
    stored.ifPresent(knowledge::take);
    return knowledge;
  }

  private void take(SourceProgress progress) {
    incarnation = progress.incarnation();
    clockOffsetMicros = progress.clockOffsetMicros();
    lastCommit = progress.commit().orElse(null);
    positions = progress.resume().map(ConfirmablePositions::new).orElse(null);
    progress
        .known()
        .forEach(
            (table, intervals) -> {
              if (intervals.stream().anyMatch(known -> known.contains(EffectiveTime.MAX))) {
                known.add(table);
              }
            });
    reading.putAll(progress.reading());
  }

  Optional<Incarnation> incarnation() {
    return Optional.ofNullable(incarnation);
  }

  boolean isOf(Incarnation other) {
    return other.equals(incarnation);
  }

  boolean isOpenedAs(Incarnation other, long offsetMicros) {
    return isOf(other) && clockOffsetMicros == offsetMicros;
  }

  /** Positions of another incarnation mean nothing any more. */
  void opened(Incarnation now, long offsetMicros) {
    if (!isOf(now)) {
      lastCommit = null;
      positions = null;
    }
    incarnation = now;
    clockOffsetMicros = offsetMicros;
  }

  /** The history goes on as {@code now}, and positions up to {@code fork} stay what they are. */
  void forked(Incarnation now, SourcePosition fork) {
    incarnation = now;
    if (lastCommit != null && Positions.reached(lastCommit, fork)) {
      lastCommit = fork;
    }
    if (positions != null && Positions.reached(positions.recorded(), fork)) {
      positions = new ConfirmablePositions(fork);
    }
  }

  /** Tables whose rows are wholly known up to now. */
  Set<TableName> known() {
    return known;
  }

  /** Tables whose existing rows are being read, and how far each has come. */
  SortedMap<TableName, TableReading> reading() {
    return reading;
  }

  Optional<TableReading> readingOf(TableName table) {
    return Optional.ofNullable(reading.get(table));
  }

  /** Whether of no table anything is known. */
  boolean isBlank() {
    return known.isEmpty() && reading.isEmpty();
  }

  /** From where to go on: the last position that our log names. */
  Optional<SourcePosition> resume() {
    return Optional.ofNullable(positions).map(ConfirmablePositions::recorded);
  }

  /** Whether a transaction committed at {@code position} is in our log already. */
  boolean isStored(SourcePosition position) {
    return lastCommit != null && Positions.reached(lastCommit, position);
  }

  void committed(SourcePosition position) {
    lastCommit = position;
  }

  /** The record at {@code offset} names {@code position} as one to resume from. */
  void recorded(LogOffset offset, SourcePosition position) {
    if (positions == null) {
      throw new InvariantViolated("Position " + position + " before any to resume from");
    }
    positions.record(offset, position);
  }

  /** Positions from now on are those of a new beginning, which the source retains from itself. */
  void beginAnew(SourcePosition position) {
    positions = new ConfirmablePositions(position);
    lastCommit = null;
  }

  /**
   * Whether what our log names is safe is told anew, from what the source retains on: after a start
   * the log may hold more than is safe.
   *
   * @param end of the log
   */
  void goOn(LogOffset end, SourcePosition retained) {
    resume()
        .ifPresent(recorded -> positions = ConfirmablePositions.restored(recorded, end, retained));
  }

  /** What may be confirmed upstream when every record before {@code safe} is safe. */
  Optional<SourcePosition> confirmable(LogOffset safe) {
    return Optional.ofNullable(positions).map(all -> all.confirmable(safe));
  }
}
