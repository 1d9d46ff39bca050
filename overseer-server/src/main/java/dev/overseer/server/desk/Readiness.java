package dev.overseer.server.desk;

import java.util.List;

/**
 * Whether the server does all that it is there for.
 *
 * @param reasons why not
 */
public record Readiness(boolean ready, List<String> reasons) {
  public Readiness {
    reasons = List.copyOf(reasons);
  }

  public static Readiness of(List<String> reasons) {
    return new Readiness(reasons.isEmpty(), reasons);
  }
}
