package dev.overseer.store.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.InvalidRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteBehindStoreTest {
  private static final Space FRUIT = new Space("fruit");
  private static final byte[] KEY = {1};

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final MemoryStore memory = new MemoryStore(Durability.WRITTEN, List.of(FRUIT));

  @AfterEach
  void end() {
    thread.shutdownNow();
  }

  @Test
  void reads_see_what_was_written_last() {
    try (OrderedStore store = new WriteBehindStore(memory, thread)) {
      for (byte i = 0; i < 100; i++) {
        store.write(new WriteBatch().put(FRUIT, KEY, new byte[] {i}));
        store.write(new WriteBatch().put(FRUIT, new byte[] {2, i}, KEY));
        assertThat(store.find(FRUIT, KEY)).contains(new byte[] {i});
        try (Cursor last = store.descending(FRUIT, KeyRange.all())) {
          assertThat(last.next()).isTrue();
          assertThat(last.key()).containsExactly(2, i);
        }
      }
    }
  }

  @Test
  void whoever_writes_goes_on_and_whoever_reads_waits() throws Exception {
    CountDownLatch disk = new CountDownLatch(1);
    try (OrderedStore store =
        new WriteBehindStore(
            memory,
            task ->
                thread.execute(
                    () -> {
                      await(disk);
                      task.run();
                    }))) {
      store.write(new WriteBatch().put(FRUIT, KEY, KEY));
      assertThat(memory.find(FRUIT, KEY)).isEmpty();

      CompletableFuture<Boolean> reader =
          CompletableFuture.supplyAsync(() -> store.find(FRUIT, KEY).isPresent());
      assertThat(reader).isNotDone();
      disk.countDown();
      assertThat(reader.get()).isTrue();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void what_was_refused_is_told_by_every_call_from_then_on() {
    OrderedStore store = new WriteBehindStore(memory, thread);
    store.write(new WriteBatch().put(FRUIT, KEY, KEY).put(new Space("stones"), KEY, KEY));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> store.find(FRUIT, KEY)).isInstanceOf(InvalidRequest.class);
      assertThatThrownBy(() -> store.write(new WriteBatch())).isInstanceOf(InvalidRequest.class);
    }
    assertThatThrownBy(store::close).isInstanceOf(InvalidRequest.class);
    assertThat(memory.find(FRUIT, KEY)).isEmpty();
  }

  @Test
  void nobody_waits_for_a_batch_that_no_thread_took() {
    thread.shutdown();
    try (OrderedStore store = new WriteBehindStore(memory, thread)) {
      assertThatThrownBy(() -> store.write(new WriteBatch().put(FRUIT, KEY, KEY)))
          .isInstanceOf(RejectedExecutionException.class);
      assertThat(store.find(FRUIT, KEY)).isEmpty();
    }
  }
}
