package dev.overseer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.runner.judging.CheckThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CallingThreadsTest {
  /** Of what the kernel tells of a thread, counted from the one after its name. */
  private static final int NICENESS = 16;

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_thread_that_was_left_behind_has_less_of_the_processors_and_works_for_nobody_else()
      throws Exception {
    int own = niceness();
    try (CallingThreads threads = new CallingThreads()) {
      CheckThreads ofChecks = threads.ofChecks();
      FutureTask<Thread> left =
          new FutureTask<>(
              () -> {
                assertThat(niceness()).isEqualTo(own);
                ofChecks.leftBehind().accept(Thread.currentThread().threadId());
                assertThat(niceness()).isEqualTo(Math.max(own, ProcessorShare.NICENESS));
                return Thread.currentThread();
              });
      ofChecks.executor().execute(left);
      left.get().join();

      FutureTask<Integer> next = new FutureTask<>(CallingThreadsTest::niceness);
      ofChecks.executor().execute(next);
      assertThat(next.get()).isEqualTo(own);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void threads_of_heavy_checks_have_less_of_the_processors() throws Exception {
    try (CallingThreads threads = new CallingThreads()) {
      FutureTask<Integer> asked = new FutureTask<>(CallingThreadsTest::niceness);
      threads.ofChecks().heavyExecutor().execute(asked);

      assertThat(asked.get()).isEqualTo(Math.max(niceness(), ProcessorShare.NICENESS));
    }
  }

  /** Of the calling thread, as the kernel tells it. */
  private static int niceness() throws IOException {
    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Integer.parseInt(afterName[NICENESS]);
  }
}
