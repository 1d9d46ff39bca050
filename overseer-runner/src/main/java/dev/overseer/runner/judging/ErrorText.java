package dev.overseer.runner.judging;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What is kept of an exception that a check threw. */
final class ErrorText {
  private static final int FRAMES_MAX = 5;
  private static final int LENGTH_MAX = 2000;

  private ErrorText() {}

  /** An exception may be of the author's own making, and fail to tell of itself. */
  static String of(Throwable thrown) {
    try {
      return told(thrown);
    } catch (Throwable alsoThrown) {
      return thrown.getClass().getName();
    }
  }

  private static String told(Throwable thrown) {
    String text =
        thrown
            + Arrays.stream(thrown.getStackTrace())
                .limit(FRAMES_MAX)
                .map(frame -> "\n  at " + frame)
                .collect(Collectors.joining());
    return text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX) + "…";
  }
}
