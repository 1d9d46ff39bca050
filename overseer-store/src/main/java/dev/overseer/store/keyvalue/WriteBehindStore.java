package dev.overseer.store.keyvalue;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * A store whose batches another thread writes, while the one that handed them over goes on. Whoever
 * reads, or writes again, first waits for that: so a read sees every batch written before it, and
 * one at most is on its way, which a crash may take.
 *
 * <p>A batch that the store refuses is told of by every call from then on, for whoever wrote it
 * took it for written: this is then of no use any more, and the store is as it was before.
 */
public final class WriteBehindStore implements OrderedStore {
  private final OrderedStore store;
  private final Executor executor;
  private volatile CompletableFuture<Void> written = CompletableFuture.completedFuture(null);

  /**
   * @param executor writes, on another thread
   */
  public WriteBehindStore(OrderedStore store, Executor executor) {
    this.store = store;
    this.executor = executor;
  }

  private OrderedStore afterWriting() {
    try {
      written.join();
      return store;
    } catch (CompletionException refused) {
      throw refused.getCause() instanceof RuntimeException why ? why : refused;
    }
  }

  @Override
  public synchronized void write(WriteBatch batch) {
    OrderedStore idle = afterWriting();
    CompletableFuture<Void> writing = new CompletableFuture<>();
    executor.execute(
        () -> {
          try {
            idle.write(batch);
            writing.complete(null);
          } catch (Throwable refused) {
            writing.completeExceptionally(refused);
          }
        });
    written = writing;
  }

  @Override
  public Optional<byte[]> find(Space space, byte[] key) {
    return afterWriting().find(space, key);
  }

  @Override
  public Cursor ascending(Space space, KeyRange range) {
    return afterWriting().ascending(space, range);
  }

  @Override
  public Cursor descending(Space space, KeyRange range) {
    return afterWriting().descending(space, range);
  }

  @Override
  public PrefixLookup lookup(Space space) {
    return afterWriting().lookup(space);
  }

  @Override
  public void flush() {
    afterWriting().flush();
  }

  @Override
  public void close() {
    try {
      afterWriting();
    } finally {
      store.close();
    }
  }
}
