package dev.overseer.checks;

import java.util.function.Function;

/**
 * Where checks are declared: one line each, every stage defaulted, each default overridable on the
 * declaration that it returns.
 */
public interface Checks {

  /**
   * Declares a check. Its view is the one named like its type ({@code WithdrawalBooking} is {@code
   * withdrawal-booking}).
   *
   * @param name unique, stable, for people: {@code withdrawal-is-booked-once}
   */
  <V> CheckDeclaration<V> check(String name, Class<V> viewType, Check<V> check);

  /** The same for a check that needs no circumstances. */
  default <V> CheckDeclaration<V> check(
      String name, Class<V> viewType, Function<V, Outcome> check) {
    return check(name, viewType, (view, judging) -> check.apply(view));
  }
}
