package dev.overseer.ingestion;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Where the thread that places rows says which it wants, and the one that reads them leaves them.
 */
final class ChunkExchange {
  private static final int CHUNKS_MAX = 2;

  private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS_MAX);
  private volatile @Nullable ReadingOrder order;
  private volatile Optional<String> hindrance = Optional.empty();

  /** Voids what was ordered before. */
  void order(ReadingOrder next) {
    order = next;
  }

  void orderNothing() {
    order = null;
    hindrance = Optional.empty();
  }

  Optional<ReadingOrder> order() {
    return Optional.ofNullable(order);
  }

  /** The next chunk of the order, which stays here. */
  Optional<Chunk> peek() {
    ReadingOrder wanted = order;
    Chunk chunk = chunks.peek();
    while (chunk != null && (wanted == null || chunk.order().number() != wanted.number())) {
      chunks.remove();
      chunk = chunks.peek();
    }
    return Optional.ofNullable(chunk);
  }

  void take() {
    chunks.remove();
  }

  boolean isFull() {
    return chunks.remainingCapacity() == 0;
  }

  void leave(Chunk chunk) {
    hindrance = Optional.empty();
    chunks.add(chunk);
  }

  /** Why no rows are read. */
  void hinder(String why) {
    hindrance = Optional.of(why);
  }

  Optional<String> hindrance() {
    return hindrance;
  }
}
