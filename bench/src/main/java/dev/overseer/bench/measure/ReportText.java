package dev.overseer.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report for people. */
final class ReportText {
  private final StringBuilder text = new StringBuilder();

  static String of(Report report) {
    ReportText writer = new ReportText();
    writer.head(report);
    report.comparisons().forEach(writer::comparison);
    writer.line("");
    report.lines().forEach(writer::line);
    return writer.text.toString();
  }

  private void head(Report report) {
    Machine machine = report.machine();
    line("%s, %s%s", report.benchmark(), report.started(), report.smoke() ? " (smoke)" : "");
    line("command  %s", report.command());
    line("commit   %s", report.commit());
    line(
        "machine  %s, %d cores, %.0f GB, %s, load before %.2f",
        machine.processor(),
        machine.cores(),
        machine.memoryBytes() / 1e9,
        machine.system(),
        machine.load());
    line("java     %s", machine.java());
    report.settings().forEach(setting -> line("         %s", setting));
  }

  private void comparison(Comparison comparison) {
    for (int i = 0; i < comparison.attempts().size(); i++) {
      Attempt attempt = comparison.attempts().get(i);
      line("");
      line("%s%s", comparison.name(), i == 0 ? "" : " (rerun)");
      rounds(attempt);
      comparison.ratios().forEach(ratio -> ratio(ratio, attempt));
      attempt.contenders().forEach(name -> contender(name, attempt.of(name)));
    }
  }

  private void rounds(Attempt attempt) {
    for (int i = 0; i < attempt.rounds().size(); i++) {
      String rates =
          attempt.rounds().get(i).runs().stream()
              .map(run -> rate(run.contender(), run.measurement().rate()))
              .collect(Collectors.joining(", "));
      line("  round %d: %s", i + 1, rates);
    }
  }

  private void ratio(Ratio ratio, Attempt attempt) {
    Spread ratios = attempt.of(ratio);
    line("  %s: %s", ratio.name(), ratio.meaning());
    line(
        "    %s",
        attempt.rounds().stream()
            .map(round -> String.format(Locale.ROOT, "%.3f", ratio.of(round)))
            .collect(Collectors.joining(", ")));
    line(
        "    median %.3f, min %.3f, max %.3f, spread %.1f %%",
        ratios.median(), ratios.min(), ratios.max(), ratios.relative() * 100);
  }

  private static String rate(String contender, double rate) {
    return String.format(Locale.ROOT, "%s %,.0f/s", contender, rate);
  }

  private void contender(String name, List<Measurement> measurements) {
    Spread rates = Spread.of(measurements.stream().map(Measurement::rate).toList());
    line("  %s (%,.0f to %,.0f)", rate(name, rates.median()), rates.min(), rates.max());
    for (Figure figure : medians(measurements)) {
      line("    %-44s %,16.2f %s", figure.name(), figure.value(), figure.unit());
    }
  }

  private static List<Figure> medians(List<Measurement> measurements) {
    List<Figure> medians = new ArrayList<>();
    for (Figure like : measurements.getFirst().figures()) {
      Spread values =
          Spread.of(
              measurements.stream()
                  .flatMap(measurement -> measurement.figures().stream())
                  .filter(figure -> figure.name().equals(like.name()))
                  .map(Figure::value)
                  .toList());
      medians.add(Figure.median(like, values.median()));
    }
    return medians;
  }

  private void line(String format, Object... arguments) {
    String line = arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments);
    text.append(line.stripTrailing()).append('\n');
  }
}
