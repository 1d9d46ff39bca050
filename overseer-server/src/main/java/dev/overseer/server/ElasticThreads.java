package dev.overseer.server;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A thread for each task at once: one that is idle, or a new one. A new one is begun by whoever
 * gives the task, whose share of the processors it inherits; a pool of the library's would have it
 * begun by the thread that it is in place of, which has less of them.
 */
final class ElasticThreads implements Executor, AutoCloseable {
  private static final long IDLE_SECONDS = 60;
  private static final int UNKNOWN = -1;

  private final Runnable beginning;
  private final SynchronousQueue<Runnable> next = new SynchronousQueue<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /** The system's numbers of the threads, by Java's. */
  private final Map<Long, Integer> numbers = new ConcurrentHashMap<>();

  private final Set<Long> leftBehind = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param beginning what each thread does first
   */
  ElasticThreads(Runnable beginning) {
    this.beginning = beginning;
  }

  @Override
  public void execute(Runnable task) {
    if (closed) {
      throw new RejectedExecutionException("The program ends");
    }
    if (!next.offer(task)) {
      Thread.ofPlatform().daemon().name("checks").start(() -> work(task));
    }
  }

  private void work(Runnable first) {
    Thread current = Thread.currentThread();
    threads.add(current);
    numbers.put(current.threadId(), ProcessorShare.number().orElse(UNKNOWN));
    try {
      beginning.run();
      Runnable task = first;
      while (task != null && !closed) {
        task.run();
        task = following(current);
      }
    } catch (InterruptedException ending) {
      current.interrupt();
    } finally {
      threads.remove(current);
      numbers.remove(current.threadId());
      leftBehind.remove(current.threadId());
    }
  }

  private @Nullable Runnable following(Thread current) throws InterruptedException {
    return leftBehind.contains(current.threadId())
        ? null
        : next.poll(IDLE_SECONDS, TimeUnit.SECONDS);
  }

  /** Nobody waits for this thread any more: it gets less of the processors, and no other task. */
  void leaveBehind(long id) {
    int number = numbers.getOrDefault(id, UNKNOWN);
    if (number != UNKNOWN) {
      leftBehind.add(id);
      ProcessorShare.lessen(number);
    }
  }

  /** Interrupts them, and waits for none. */
  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }
}
