package dev.overseer.server;

import static org.assertj.core.api.Assertions.assertThat;

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
  void a_check_s_code_has_less_of_the_processors_than_all_else() throws Exception {
    try (CallingThreads threads = new CallingThreads()) {
      FutureTask<Integer> asked = new FutureTask<>(CallingThreadsTest::niceness);
      threads.ofChecks().executor().execute(asked);

      assertThat(asked.get()).isEqualTo(ProcessorShare.NICENESS);
      assertThat(niceness()).isLessThan(ProcessorShare.NICENESS);
    }
  }

  /** Of the calling thread, as the kernel tells it. */
  private static int niceness() throws IOException {
    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Integer.parseInt(afterName[NICENESS]);
  }
}
