package dev.overseer.server;

import com.sun.management.ThreadMXBean;
import dev.overseer.runner.judging.CheckThreads;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * The threads that checks' code runs on: as many as are needed, and gone when they are not. They
 * are platform threads, which the system takes turns with, so that a check that computes for ever
 * takes a share of a processor and not all of it; and daemons, so that it does not keep the program
 * from ending. They have less of the processors than Overseer's own threads: one that computes for
 * ever takes what is left.
 */
public final class CallingThreads implements AutoCloseable {
  private static final ThreadFactory DAEMONS =
      Thread.ofPlatform().daemon().name("checks").factory();

  private final ExecutorService threads =
      Executors.newCachedThreadPool(task -> DAEMONS.newThread(() -> runWithLess(task)));
  private final ThreadMXBean management = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static void runWithLess(Runnable task) {
    ProcessorShare.lessen();
    task.run();
  }

  public CheckThreads ofChecks() {
    return new CheckThreads(threads, System::nanoTime, management::getThreadAllocatedBytes);
  }

  /** Interrupts them, and waits for none. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
