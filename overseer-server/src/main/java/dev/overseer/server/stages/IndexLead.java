package dev.overseer.server.stages;

import dev.overseer.model.LogOffset;
import dev.overseer.model.Stage;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Indexes no further ahead of the runner than the index's memory of recent records reaches. Where
 * the runner falls behind, what it is about to judge would be forgotten before it comes to it, and
 * looked up on the disk at half the speed: it would never catch up.
 *
 * <p>It does not wait for a runner that has the log to read anew, nor for one that stands still.
 */
public final class IndexLead implements Stage {
  static final long RECORDS_MAX = 60_000;
  static final long RECORDS_ANEW = 600_000;
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Stage indexing;
  private final Supplier<LogOffset> indexed;
  private final LongSupplier nanos;
  private volatile Supplier<Optional<LogOffset>> judged = Optional::empty;
  private long seen;
  private long seenAt;

  /**
   * @param indexed before which everything is indexed
   * @param nanos of a clock that goes evenly
   */
  public IndexLead(Stage indexing, Supplier<LogOffset> indexed, LongSupplier nanos) {
    this.indexing = indexing;
    this.indexed = indexed;
    this.nanos = nanos;
  }

  /**
   * @param position where the runner reads next; nothing where nobody is waited for
   */
  public void follow(Supplier<Optional<LogOffset>> position) {
    judged = position;
  }

  @Override
  public boolean step() {
    return !isTooFar() && indexing.step();
  }

  private boolean isTooFar() {
    long at = judged.get().map(LogOffset::value).orElse(Long.MAX_VALUE);
    if (at != seen) {
      seen = at;
      seenAt = nanos.getAsLong();
    }
    long lead = indexed.get().value() - at;
    return lead > RECORDS_MAX
        && lead < RECORDS_ANEW
        && nanos.getAsLong() - seenAt < PATIENCE.toNanos();
  }
}
