package dev.overseer.examples.exchange.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The shortest demo, on real servers. */
class DemoIT {

  @Test
  void everything_planted_is_found_and_nothing_else() {
    CommandLine demo = new CommandLine(new Demo.Contribution().command());

    assertThat(demo.execute("--seconds", "30", "--rate", "50", "--seed", "1")).isZero();
  }

  @Test
  void a_demo_too_short_for_its_troubles_is_refused() {
    CommandLine demo = new CommandLine(new Demo.Contribution().command());
    demo.setExecutionExceptionHandler((e, line, parsed) -> 2);

    assertThat(demo.execute("--seconds", "5")).isEqualTo(2);
  }
}
