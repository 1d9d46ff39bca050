package dev.overseer.examples.exchange.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.examples.launcher.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The shortest demo, on real servers, run as a person runs it. */
class DemoIT {

  @TempDir Path directory;

  @Test
  void everything_planted_is_found_and_nothing_else() throws Exception {
    try (Shell shell = new Shell(directory)) {
      shell.with("OVERSEER_JAVA_OPTS", "-Djava.io.tmpdir=" + directory);

      String said = shell.run("\"$OVERSEER/overseer\" demo --seconds 30 --rate 50 --seed 1 --keep");

      assertThat(said).contains("Perfect").doesNotContain("INFO", "WARN");
      assertThat(log()).contains("Source payments is tailed", "opened: violation of ");
    }
  }

  @Test
  void a_demo_too_short_for_its_troubles_is_refused() {
    CommandLine demo = new CommandLine(new Demo.Contribution().command());
    demo.setExecutionExceptionHandler((e, line, parsed) -> 2);

    assertThat(demo.execute("--seconds", "5")).isEqualTo(2);
  }

  private String log() throws IOException {
    try (Stream<Path> found = Files.list(directory)) {
      Path kept = found.filter(it -> it.toString().contains("overseer-demo-")).findAny().get();
      return Files.readString(kept.resolve("overseer.log"));
    }
  }
}
