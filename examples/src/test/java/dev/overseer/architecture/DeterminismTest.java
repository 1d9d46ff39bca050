package dev.overseer.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.overseer.architecture.OverseerClasses.OFFENDERS;
import static dev.overseer.architecture.OverseerClasses.PRODUCTION;
import static dev.overseer.architecture.OverseerClasses.packagesOf;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Only the edges of the program start threads or read the clock or chance: all else is given them,
 * so that a simulation can step it and a replay gives the same verdicts.
 */
class DeterminismTest {
  private static final String[] EDGES =
      packagesOf(List.of("server", "testkit", "examples", "bench"));

  private static final ArchRule THREADS =
      rule("start threads", access -> startsThread(access.getTarget()));
  private static final ArchRule CLOCKS =
      rule("read the clock", access -> readsClock(access.getTarget()));
  private static final ArchRule CHANCE =
      rule("throw dice without a seed", access -> throwsDice(access.getTarget()));

  @Test
  void only_the_edges_start_threads() {
    THREADS.check(PRODUCTION);
  }

  @Test
  void only_the_edges_read_the_clock() {
    CLOCKS.check(PRODUCTION);
  }

  @Test
  void only_the_edges_throw_dice_without_a_seed() {
    CHANCE.check(PRODUCTION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ThreadStarter", "ClockReader", "UnseededDice"})
  void each_offence_is_caught(String offender) {
    ArchRule broken =
        switch (offender) {
          case "ThreadStarter" -> THREADS;
          case "ClockReader" -> CLOCKS;
          default -> CHANCE;
        };

    assertThatThrownBy(() -> broken.check(OFFENDERS)).hasMessageContaining(offender);
  }

  private static ArchRule rule(String offence, Predicate<JavaAccess<?>> is) {
    DescribedPredicate<JavaAccess<?>> predicate = describe(offence, is);
    return noClasses()
        .that()
        .resideOutsideOfPackages(EDGES)
        .should()
        .accessTargetWhere(predicate)
        .because("what is to be replayed is given its threads, clock and chance");
  }

  private static boolean startsThread(AccessTarget target) {
    String owner = target.getOwner().getFullName();
    return owner.equals(Executors.class.getName())
        || owner.equals(ForkJoinPool.class.getName())
        || owner.equals("java.util.Timer")
        || (owner.equals(Thread.class.getName())
            && Set.of("<init>", "start", "ofVirtual", "ofPlatform", "startVirtualThread", "sleep")
                .contains(target.getName()))
        || (owner.equals(CompletableFuture.class.getName()) && target.getName().endsWith("Async"));
  }

  private static boolean readsClock(AccessTarget target) {
    String owner = target.getOwner().getFullName();
    String name = target.getName();
    return (owner.equals("java.lang.System")
            && Set.of("currentTimeMillis", "nanoTime").contains(name))
        || (owner.startsWith("java.time.") && (name.equals("now") || name.startsWith("system")));
  }

  private static boolean throwsDice(AccessTarget target) {
    String owner = target.getOwner().getFullName();
    String name = target.getName();
    boolean unseeded =
        target instanceof AccessTarget.ConstructorCallTarget constructor
            && constructor.getRawParameterTypes().isEmpty();
    return (owner.equals("java.lang.Math") && name.equals("random"))
        || (owner.equals("java.util.UUID") && name.equals("randomUUID"))
        || owner.equals("java.security.SecureRandom")
        || owner.equals(ThreadLocalRandom.class.getName())
        || (unseeded && Set.of("java.util.Random", "java.util.SplittableRandom").contains(owner));
  }
}
