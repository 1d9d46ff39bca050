package dev.overseer.server;

import com.sun.management.ThreadMXBean;
import dev.overseer.runner.judging.CheckThreads;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The threads that checks' code runs on: as many as are needed, and gone when they are not. They
 * are platform threads, which the system takes turns with, so that a check that computes for ever
 * takes a share of a processor and not all of it; and daemons, so that it does not keep the program
 * from ending. One whose call was given up has less of the processors from then on, and ends when
 * the call does.
 */
public final class CallingThreads implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool(this::thread);
  private final ThreadMXBean management = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The system's numbers of the threads, by Java's. */
  private final Map<Long, Integer> numbers = new ConcurrentHashMap<>();

  private final Set<Long> leftBehind = ConcurrentHashMap.newKeySet();

  /** Ends a thread that has less of the processors, which cannot be taken back. */
  private static final class Slowed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Slowed() {
      super("The thread was left behind", null, false, false);
    }
  }

  private Thread thread(Runnable work) {
    return Thread.ofPlatform()
        .daemon()
        .name("checks")
        .uncaughtExceptionHandler(CallingThreads::ended)
        .unstarted(() -> run(work));
  }

  private static void ended(Thread thread, Throwable thrown) {
    if (!(thrown instanceof Slowed)) {
      thread.getThreadGroup().uncaughtException(thread, thrown);
    }
  }

  private void run(Runnable work) {
    long id = Thread.currentThread().threadId();
    ProcessorShare.number().ifPresent(number -> numbers.put(id, number));
    try {
      work.run();
    } finally {
      numbers.remove(id);
      leftBehind.remove(id);
    }
  }

  public CheckThreads ofChecks() {
    return new CheckThreads(
        this::execute, System::nanoTime, management::getThreadAllocatedBytes, this::leaveBehind);
  }

  private void execute(Runnable task) {
    threads.execute(
        () -> {
          task.run();
          if (leftBehind.contains(Thread.currentThread().threadId())) {
            throw new Slowed();
          }
        });
  }

  private void leaveBehind(long id) {
    leftBehind.add(id);
    Optional.ofNullable(numbers.get(id)).ifPresent(ProcessorShare::lessen);
  }

  /** Interrupts them, and waits for none. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
