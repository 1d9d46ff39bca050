package dev.overseer.ingestion;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads existing rows as its ingestion orders them, chunk by chunk and no faster than configured. A
 * stage of its own: it waits for answers, which the stream must not. Where the source does not
 * answer it tries again, ever less often.
 */
public final class RowReading implements Stage, AutoCloseable {
  private static final int CHUNK_ROWS_MAX = 2000;
  private static final int CHUNK_ROWS_FIRST = 256;
  private static final int CHUNKS_PER_SECOND_MIN = 4;
  private static final Duration FENCE_EVERY = Duration.ofMillis(20);
  private static final long NO_FENCE = -1;

  private final SourceRows rows;
  private final ChunkExchange exchange;
  private final int rowsPerSecond;
  private final BackOff backOff;
  private final InstantSource clock;
  private Instant due = Instant.MIN;
  private @Nullable ReadingOrder current;
  private Optional<ReadingOrder> next = Optional.empty();
  private long fence = NO_FENCE;
  private boolean past;

  /** Grows with what came last: where rows are large, fewer come than were asked for. */
  private int rowsMax = CHUNK_ROWS_FIRST;

  public RowReading(
      SourceRows rows, Ingestion ingestion, IngestionSettings settings, InstantSource clock) {
    this.rows = rows;
    this.exchange = ingestion.exchange();
    this.rowsPerSecond = settings.rowsPerSecond();
    this.backOff = new BackOff(settings.retryMin(), settings.retryMax());
    this.clock = clock;
  }

  @Override
  public boolean step() {
    Instant now = clock.instant();
    if (now.isBefore(due) || exchange.isFull()) {
      return false;
    }
    Optional<ReadingOrder> order = exchange.order();
    order.ifPresent(this::turnTo);
    if (order.isEmpty() || next.isEmpty()) {
      return false;
    }
    try {
      step(next.get(), now);
      backOff.reset();
      return true;
    } catch (SourceLost | InvalidRequest e) {
      exchange.hinder(String.valueOf(e.getMessage()));
      due = now.plus(backOff.next());
      return false;
    }
  }

  private void turnTo(ReadingOrder order) {
    if (current == null || current.watch() != order.watch()) {
      fence = NO_FENCE;
      past = false;
    }
    if (current == null || current.number() != order.number()) {
      next = Optional.of(order);
    }
    current = order;
  }

  private void step(ReadingOrder order, Instant now) throws SourceLost {
    if (!isPastFence()) {
      exchange.hinder("transactions that began before it have not ended yet");
      due = now.plus(FENCE_EVERY);
      return;
    }
    Chunk chunk = rows.read(order, Math.min(rowsMax, chunkRowsMax()));
    rowsMax = Math.clamp(2L * chunk.rows().size(), 1, CHUNK_ROWS_MAX);
    exchange.leave(chunk);
    next = chunk.next().map(order::from);
    due = now.plusNanos(1_000_000_000L * chunk.rows().size() / rowsPerSecond);
  }

  private boolean isPastFence() throws SourceLost {
    if (fence == NO_FENCE) {
      fence = rows.fence();
    }
    past = past || rows.isPast(fence);
    return past;
  }

  /** Small enough that slow reading is steady reading. */
  private int chunkRowsMax() {
    return Math.clamp(rowsPerSecond / CHUNKS_PER_SECOND_MIN, 1, CHUNK_ROWS_MAX);
  }

  @Override
  public void close() {
    rows.close();
  }
}
