package dev.overseer.bench.runner;

import dev.overseer.bench.measure.Figure;
import dev.overseer.bench.measure.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a contender's process tells what it came to, in lines: {@code figure NAME = VALUE UNIT}, and
 * at last {@code done WORK updates in SECONDS s}.
 */
final class Telling {
  private static final Pattern FIGURE =
      Pattern.compile("^figure (.+) = (-?[0-9.]+) ?(.*)$", Pattern.MULTILINE);
  private static final Pattern DONE =
      Pattern.compile("^done (\\d+) updates in ([0-9.]+) s$", Pattern.MULTILINE);

  private Telling() {}

  static void figure(String name, double value, String unit) {
    System.out.printf(Locale.ROOT, "figure %s = %.3f %s%n", name, value, unit);
  }

  static void done(long work, double seconds) {
    System.out.printf(Locale.ROOT, "done %d updates in %.3f s%n", work, seconds);
  }

  /** What a process came to that printed this, and ended. */
  static Measurement read(String printed) {
    Matcher done = DONE.matcher(printed);
    if (!done.find()) {
      throw new IllegalStateException("It did not come to its end; it said:\n" + printed);
    }
    List<Figure> figures = new ArrayList<>();
    for (MatchResult figure : FIGURE.matcher(printed).results().toList()) {
      figures.add(
          new Figure(figure.group(1), Double.parseDouble(figure.group(2)), figure.group(3)));
    }
    return new Measurement(
        Long.parseLong(done.group(1)), Double.parseDouble(done.group(2)), figures);
  }
}
