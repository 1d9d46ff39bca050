package dev.overseer.server;

import dev.overseer.model.LogOffset;
import dev.overseer.model.SourceName;
import dev.overseer.model.Stage;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.index.ProgressFile;
import dev.overseer.store.index.ProgressPoint;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.store.log.ReadableLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the index up to the update log, and keeps it there. Until it has what the log held at the
 * start it is not whole: sources tail, and their positions are confirmed, but the runner waits for
 * it. A crash in the middle leaves an index that is gone on with.
 *
 * <p>How far the sources have come is known from the beginning, and kept in a file of its own now
 * and then, so that it need not be asked of an index which may be gone.
 */
final class IndexBuilding implements Stage, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IndexBuilding.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Indexer indexer;
  private final KeyValueUpdateIndex index;
  private final ReadableLog<?> log;
  private final ProgressPoint start;
  private final ProgressFile kept;
  private final Runnable whole;
  private final InstantSource clock;
  private final LogOffset resumed;
  private final Instant started;
  private Instant due;
  private LogOffset keptUpTo = LogOffset.ZERO;
  private volatile boolean isWhole;

  /**
   * @param log that the indexer reads
   * @param start the log's end, and the sources there
   * @param kept where the sources' progress is kept
   * @param whole is run once, when the index has what the log held at the start
   */
  IndexBuilding(
      Indexer indexer,
      KeyValueUpdateIndex index,
      ReadableLog<?> log,
      ProgressPoint start,
      ProgressFile kept,
      Runnable whole,
      InstantSource clock) {
    this.indexer = indexer;
    this.index = index;
    this.log = log;
    this.start = start;
    this.kept = kept;
    this.whole = whole;
    this.clock = clock;
    this.resumed = index.consumed();
    this.started = clock.instant();
    this.due = started.plus(EVERY);
  }

  @Override
  public boolean step() {
    boolean worked = indexer.step();
    Instant now = clock.instant();
    if (!isWhole && left() == 0) {
      becomeWhole(now);
    }
    if (!now.isBefore(due)) {
      due = now.plus(EVERY);
      if (isWhole) {
        keep();
      } else {
        LOG.info("{}", describe(now));
      }
    }
    return worked;
  }

  /** How far each source has come, at least as of the start. */
  Map<SourceName, SourceProgress> progress() {
    return isWhole ? index.progress() : start.sources();
  }

  /** Records that the log held at the start and the index does not have yet. */
  long left() {
    return Math.max(0, start.consumed().value() - index.consumed().value());
  }

  /** What there is to say of an index that is not whole, for people. */
  Optional<String> unfinished() {
    return isWhole ? Optional.empty() : Optional.of(describe(clock.instant()));
  }

  @Override
  public void close() {
    if (isWhole) {
      keep();
    }
    indexer.close();
  }

  private void becomeWhole(Instant now) {
    long made = start.consumed().value() - resumed.value();
    if (now.isAfter(started.plus(EVERY))) {
      LOG.info("The index is whole: {} records in {}", made, Duration.between(started, now));
    }
    index.flush();
    whole.run();
    keep();
    isWhole = true;
  }

  private void keep() {
    ProgressPoint now = ProgressPoint.of(index);
    if (!now.consumed().equals(keptUpTo)) {
      kept.keep(log.identity(), now);
      keptUpTo = now.consumed();
    }
  }

  private String describe(Instant now) {
    long done = index.consumed().value();
    double seconds = Math.max(0.001, Duration.between(started, now).toMillis() / 1000.0);
    double rate = (done - resumed.value()) / seconds;
    return "the index is being made: %,d of %,d records, %,.0f a second, %s"
        .formatted(
            done,
            start.consumed().value(),
            rate,
            rate > 0 ? "about %,.0f s left".formatted(left() / rate) : "just begun");
  }
}
