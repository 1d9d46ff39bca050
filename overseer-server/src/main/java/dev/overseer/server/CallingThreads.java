package dev.overseer.server;

import com.sun.management.ThreadMXBean;
import dev.overseer.runner.judging.CheckThreads;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The threads that checks' code runs on: as many as are needed, and gone when they are not. They
 * are platform threads, which the system takes turns with, so that a check that computes for ever
 * takes a share of a processor and not all of it; and daemons, so that it does not keep the program
 * from ending.
 */
public final class CallingThreads implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("checks").factory());
  private final ThreadMXBean management = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  public CheckThreads ofChecks() {
    return new CheckThreads(threads, System::nanoTime, management::getThreadAllocatedBytes);
  }

  /** Interrupts them, and waits for none. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
