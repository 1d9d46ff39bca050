package dev.overseer.ingestion;

import dev.overseer.ingestion.SourceStatus.Phase;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the stepping thread puts up how the source is doing, for all others to read: now and then,
 * and at every change of phase, so that a step costs nothing for it.
 */
final class StatusBoard {
  private static final Duration EVERY = Duration.ofMillis(50);

  private final SourceName source;
  private final Supplier<Optional<ReadingProgress>> reading;
  private Phase phase = Phase.DISCONNECTED;
  private Instant phaseSince;
  private Instant heardAt = Instant.MIN;
  private @Nullable Incarnation incarnation;
  private @Nullable SourcePosition confirmed;
  private @Nullable String lastFailure;
  private @Nullable Instant retryAt;
  private volatile @Nullable SourcePosition sourceEnd;
  private volatile @Nullable String probeFailure;
  private volatile OptionalLong retainedBytes = OptionalLong.empty();
  private Instant due = Instant.MIN;
  private volatile SourceStatus status;

  /**
   * @param reading asked by the stepping thread
   */
  StatusBoard(SourceName source, Instant now, Supplier<Optional<ReadingProgress>> reading) {
    this.source = source;
    this.reading = reading;
    this.phaseSince = now;
    this.status = status(Optional.empty(), EffectiveTime.MIN, new Counters());
  }

  SourceStatus status() {
    return status;
  }

  void connected(Incarnation to) {
    incarnation = to;
    retryAt = null;
  }

  void heard(Instant at) {
    heardAt = at;
    lastFailure = null;
  }

  void confirmed(SourcePosition position) {
    confirmed = position;
  }

  /** Like the others that are about probing, for any thread. */
  void probed(SourcePosition end) {
    sourceEnd = end;
    probeFailure = null;
  }

  void retained(OptionalLong bytes) {
    retainedBytes = bytes;
  }

  void probeFailed(String failure) {
    probeFailure = failure;
  }

  void failed(String failure, Instant next) {
    lastFailure = failure;
    retryAt = next;
    due = Instant.MIN;
  }

  void publish(
      Instant now,
      Phase current,
      Optional<SourcePosition> received,
      EffectiveTime watermark,
      Counters counters) {
    if (current == phase && now.isBefore(due)) {
      return;
    }
    if (current != phase) {
      phase = current;
      phaseSince = now;
    }
    due = now.plus(EVERY);
    status = status(received, watermark, counters);
  }

  private SourceStatus status(
      Optional<SourcePosition> received, EffectiveTime watermark, Counters counters) {
    return new SourceStatus(
        source,
        phase,
        phaseSince,
        heardAt.equals(Instant.MIN) ? Optional.empty() : Optional.of(heardAt),
        Optional.ofNullable(incarnation),
        received,
        Optional.ofNullable(confirmed),
        Optional.ofNullable(sourceEnd),
        lag(received, sourceEnd),
        watermark,
        counters.spooledBytes,
        Optional.ofNullable(retryAt),
        retainedBytes,
        reading.get(),
        Optional.ofNullable(lastFailure == null ? probeFailure : lastFailure),
        counters.counts());
  }

  private static long lag(Optional<SourcePosition> received, @Nullable SourcePosition end) {
    return received.isEmpty() || end == null ? 0 : Positions.bytesBetween(received.get(), end);
  }
}
