package dev.overseer.runner.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.runner.simulation.Simulation.Result;
import java.util.stream.LongStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Execution(ExecutionMode.CONCURRENT)
class RunnerSimulationTest {

  /** {@code -Doverseer.sim.from=1000 -Doverseer.sim.seeds=500} tries others than the usual ones. */
  static LongStream seeds() {
    long from = Long.getLong("overseer.sim.from", 1);
    return LongStream.range(from, from + Long.getLong("overseer.sim.seeds", 500));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void every_run_says_what_the_model_says_and_forgets_nothing(long seed) {
    try {
      Result result = new Simulation(seed).run();
      assertThat(result.verdicts()).isNotNegative();
    } catch (AssertionError | RuntimeException failed) {
      throw new AssertionError("Seed " + seed + ": " + failed.getMessage(), failed);
    }
  }
}
