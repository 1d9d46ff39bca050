package dev.overseer.runner.journal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which roots a sweep is for. */
public enum SweepScope {
  /** Those that no update has triggered under the check's current definition. */
  UNJUDGED,
  /** All that were ever seen, and those that were not, but have members. */
  ALL;

  /** As stored and shown: {@code unjudged}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<SweepScope> find(String word) {
    return Arrays.stream(values()).filter(scope -> scope.word().equals(word)).findFirst();
  }
}
