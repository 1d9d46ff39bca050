package dev.overseer.runner.simulation.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.runner.simulation.SeedRun;
import java.io.IOException;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Every mistake that is planted is found, and it is told by what. A build plants one in four;
 * {@code ./dev sim --mutants}, which says how many seeds, all.
 */
class MutantsTest {
  private static final String SEEDS = "overseer.sim.seeds";
  private static final int SEEDS_MAX = Integer.getInteger(SEEDS, 100);
  private static final int ONE_IN = System.getProperty(SEEDS) == null ? 4 : 1;

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
    List<Mutant> all = Mutants.all();
    List<Hunted> hunted =
        IntStream.range(0, all.size())
            .filter(place -> place % ONE_IN == 0)
            .mapToObj(place -> hunt(all.get(place)))
            .toList();

    hunted.forEach(System.out::println);
    assertThat(hunted).noneMatch(Hunted::survived);
  }

  @Test
  void every_mistake_can_still_be_planted() throws IOException {
    for (Mutant mutant : Mutants.all()) {
      assertThat(MutatedClasses.edited(mutant)).as("%s", mutant).isNotEmpty();
    }
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
