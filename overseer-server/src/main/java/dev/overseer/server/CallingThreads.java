package dev.overseer.server;

import com.sun.management.ThreadMXBean;
import dev.overseer.runner.judging.CheckThreads;
import java.lang.management.ManagementFactory;

/**
 * The threads that checks' code runs on: as many as are needed, and gone when they are not. They
 * are platform threads, which the system takes turns with, so that a check that computes for ever
 * takes a share of a processor and not all of it; and daemons, so that it does not keep the program
 * from ending. Those of a check whose calls compute for long have less of the processors than all
 * others; so has, from then on, one whose call was given up, which ends when the call does.
 */
public final class CallingThreads implements AutoCloseable {
  private final ElasticThreads threads = new ElasticThreads(() -> {});
  private final ElasticThreads heavyThreads =
      new ElasticThreads(() -> ProcessorShare.number().ifPresent(ProcessorShare::lessen));
  private final ThreadMXBean management = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  public CheckThreads ofChecks() {
    return new CheckThreads(
        threads,
        heavyThreads,
        System::nanoTime,
        management::getCurrentThreadCpuTime,
        management::getThreadAllocatedBytes,
        threads::leaveBehind);
  }

  /** Interrupts them, and waits for none. */
  @Override
  public void close() {
    threads.close();
    heavyThreads.close();
  }
}
