package dev.overseer.runner.simulation.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.runner.simulation.SeedRun;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Every mistake that is planted is found, and it is told by what. */
class MutantsTest {
  private static final int SEEDS_MAX = Integer.getInteger("overseer.sim.seeds", 100);

  /** How a mutant came out: by which seed it was caught, and which invariant that broke. */
  private record Hunted(Mutant mutant, long seed, String broken) {
    boolean survived() {
      return broken.isEmpty();
    }

    @Override
    public String toString() {
      return survived()
          ? "%-90s SURVIVED %d seeds".formatted(mutant, seed)
          : "%-90s seed %3d: not so that %s".formatted(mutant, seed, broken);
    }
  }

  @Test
  void every_mistake_is_found() {
    List<Hunted> hunted = Mutants.all().stream().map(MutantsTest::hunt).toList();

    hunted.forEach(System.out::println);
    assertThat(hunted).noneMatch(Hunted::survived);
  }

  private static Hunted hunt(Mutant mutant) {
    LongFunction<String> run = load(mutant);
    return LongStream.rangeClosed(1, SEEDS_MAX)
        .mapToObj(seed -> new Hunted(mutant, seed, run.apply(seed)))
        .filter(hunted -> !hunted.survived())
        .findFirst()
        .orElse(new Hunted(mutant, SEEDS_MAX, ""));
  }

  @SuppressWarnings("unchecked")
  private static LongFunction<String> load(Mutant mutant) {
    try {
      return (LongFunction<String>)
          MutatedClasses.of(mutant)
              .loadClass(SeedRun.class.getName())
              .getConstructor()
              .newInstance();
    } catch (Exception unusable) {
      throw new IllegalStateException("Mutant '" + mutant + "' cannot be run", unusable);
    }
  }
}
