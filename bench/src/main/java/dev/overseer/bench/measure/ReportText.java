package dev.overseer.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report for people. */
final class ReportText {
  private final StringBuilder text = new StringBuilder();

  static String of(Report report) {
    ReportText writer = new ReportText();
    writer.head(report);
    report.comparisons().forEach(writer::comparison);
    writer.line("");
    report.barLines().forEach(writer::line);
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
    Spread ratios = comparison.ratios();
    line("");
    line(
        "%s%s: %s against %s",
        comparison.bar().name(),
        comparison.rerun() ? " (rerun)" : "",
        comparison.contender(),
        comparison.limit());
    for (int i = 0; i < comparison.rounds().size(); i++) {
      Round round = comparison.rounds().get(i);
      line(
          "  round %d  %,9.0f/s  %,9.0f/s  ratio %.3f",
          i + 1, round.limit().rate(), round.contender().rate(), round.ratio());
    }
    line(
        "  ratio    median %.3f, min %.3f, max %.3f, spread %.1f %%",
        ratios.median(), ratios.min(), ratios.max(), ratios.relative() * 100);
    contender(comparison.limit(), comparison.ofLimit());
    contender(comparison.contender(), comparison.ofContender());
  }

  private void contender(String name, List<Measurement> measurements) {
    Spread rates = Spread.of(measurements.stream().map(Measurement::rate).toList());
    line("  %s: %,.0f/s (%,.0f to %,.0f)", name, rates.median(), rates.min(), rates.max());
    for (Figure figure : medians(measurements)) {
      line("    %-40s %,14.2f %s", figure.name(), figure.value(), figure.unit());
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
    text.append(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments))
        .append('\n');
  }
}
