package dev.overseer.examples.exchange.demo;

import dev.overseer.examples.exchange.demo.TruthTable.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** The truth table as lines of text, its columns aligned. */
final class TruthReport {
  private static final String HEAD = "%-28s %8s %6s %7s %13s %7s %9s %8s %8s %8s";
  private static final String ROW = "%-28s %8d %6d %s %s %7d %s %8s %8s %8s";
  private static final int COMPLAINTS_MAX = 20;

  private final TruthTable truth;
  private final Terminal terminal;

  TruthReport(TruthTable truth, Terminal terminal) {
    this.truth = truth;
    this.terminal = terminal;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    String head =
        HEAD.formatted(
            "",
            "planted",
            "found",
            "missed",
            "false alarms",
            "healed",
            "resolved",
            "p50",
            "p99",
            "max");
    lines.add(terminal.paint(Ink.BOLD, head));
    truth.rows().forEach(row -> lines.add(line(row.breakage().text(), row)));
    lines.add(
        "%-28s %8s %6s %7s %s"
            .formatted("anything else", "", "", "", bad(truth.unexplained(), 13)));
    lines.add(terminal.paint(Ink.BOLD, "all") + line("", total()).substring("all".length()));
    truth.complaints().stream().limit(COMPLAINTS_MAX).forEach(text -> lines.add("  " + text));
    int more = truth.complaints().size() - COMPLAINTS_MAX;
    if (more > 0) {
      lines.add("  … and " + more + " more");
    }
    return lines;
  }

  private String line(String name, Row row) {
    return ROW.formatted(
        name,
        row.planted(),
        row.found(),
        bad(row.missed(), 7),
        bad(row.falseAlarms(), 13),
        row.healed(),
        row.resolved() == row.healed() ? "%9d".formatted(row.resolved()) : red(row.resolved(), 9),
        seconds(row.timesToDetect().percentile(50)),
        seconds(row.timesToDetect().percentile(99)),
        seconds(row.timesToDetect().percentile(100)));
  }

  private Row total() {
    return new Row(
        truth.rows().getFirst().breakage(),
        sum(Row::planted),
        sum(Row::found),
        sum(Row::missed),
        sum(Row::falseAlarms) + truth.unexplained(),
        sum(Row::healed),
        sum(Row::resolved),
        Latencies.of(
            truth.rows().stream().flatMap(row -> row.timesToDetect().sorted().stream()).toList()));
  }

  private int sum(ToIntFunction<Row> column) {
    return truth.rows().stream().mapToInt(column).sum();
  }

  private String bad(int count, int width) {
    return count == 0 ? ("%" + width + "d").formatted(count) : red(count, width);
  }

  private String red(int count, int width) {
    return terminal.paint(Ink.RED, ("%" + width + "d").formatted(count));
  }

  /** With a tenth: finer than that, a second run says otherwise. */
  static String seconds(Optional<Duration> duration) {
    return duration
        .map(value -> String.format(Locale.ROOT, "%.1f s", value.toMillis() / 1000.0))
        .orElse("-");
  }
}
