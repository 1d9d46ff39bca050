package dev.overseer.runner.journal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is done of a check. */
public enum CheckMode {
  /** It is judged, and what it finds is told. */
  ACTIVE,
  /** It is judged, and all of that is on record; but nobody is told. */
  OBSERVE,
  /** Nothing of it is judged: its triggers wait, and its coverage stands. */
  PAUSED;

  /** As configured and shown: {@code active}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<CheckMode> find(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
  }
}
