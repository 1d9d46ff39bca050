package dev.overseer.checks;

/**
 * A jar's checks. Found by {@link java.util.ServiceLoader}: name the implementing class in {@code
 * META-INF/services/dev.overseer.checks.CheckModule}.
 */
@FunctionalInterface
public interface CheckModule {

  void declare(Checks checks);
}
