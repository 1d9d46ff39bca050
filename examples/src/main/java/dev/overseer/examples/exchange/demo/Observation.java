package dev.overseer.examples.exchange.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What Overseer says at one moment.
 *
 * @param at on this machine's clock, as the servers' clocks are
 * @param watermarks of each source, by its name: heard of wholly up to there
 * @param coverage of each check, by its name: judged wholly up to there
 */
record Observation(
    Instant at,
    Map<String, Instant> watermarks,
    Map<String, Instant> coverage,
    List<Raised> violations) {

  /** Whether every check has judged everything up to {@code end}. */
  boolean covers(Instant end) {
    return !coverage.isEmpty()
        && coverage.values().stream().noneMatch(reached -> reached.isBefore(end));
  }

  /** How far a moment that was reached lies back. */
  Duration behind(Instant reached) {
    Duration behind = Duration.between(reached, at);
    return behind.isNegative() ? Duration.ZERO : behind;
  }

  long open() {
    return violations.stream().filter(raised -> !raised.healed()).count();
  }
}
