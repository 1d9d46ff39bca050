package dev.overseer.examples.exchange.demo;

import dev.overseer.examples.exchange.demo.TruthTable.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** The truth table as lines of text, its columns aligned. */
final class TruthReport {
  private static final List<String> HEAD =
      List.of(
          "                                                   false                     time to"
              + " detect  ",
          "                            planted  found missed alarms healed resolved     p50     p99"
              + "     max");
  private static final String ROW = "%-27s %7d %6d %s %s %6d %s %7s %7s %7s";
  private static final int COMPLAINTS_MAX = 20;

  private final TruthTable truth;
  private final Terminal terminal;

  TruthReport(TruthTable truth, Terminal terminal) {
    this.truth = truth;
    this.terminal = terminal;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    HEAD.forEach(head -> lines.add(terminal.paint(Ink.BOLD, head)));
    truth.rows().forEach(row -> lines.add(line(row.breakage().text(), row)));
    lines.add(
        "%-27s %7s %6s %6s %s".formatted("anything else", "", "", "", bad(truth.unexplained())));
    Row total = total();
    lines.add(terminal.paint(Ink.BOLD, "all") + line("all", total).substring("all".length()));
    lines.add("");
    lines.add(
        "Of the time to detect, beyond what the checks wait by design: p50 %s, p99 %s, max %s."
            .formatted(
                seconds(total.beyondStrategy().percentile(50)),
                seconds(total.beyondStrategy().percentile(99)),
                seconds(total.beyondStrategy().percentile(100))));
    truth.complaints().stream().limit(COMPLAINTS_MAX).forEach(text -> lines.add("- " + text));
    int more = truth.complaints().size() - COMPLAINTS_MAX;
    if (more > 0) {
      lines.add("- … and " + more + " more");
    }
    return lines;
  }

  private String line(String name, Row row) {
    return ROW.formatted(
        name,
        row.planted(),
        row.found(),
        bad(row.missed()),
        bad(row.falseAlarms()),
        row.healed(),
        row.resolved() == row.healed()
            ? "%8d".formatted(row.resolved())
            : terminal.paint(Ink.RED, "%8d".formatted(row.resolved())),
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
        together(Row::timesToDetect),
        together(Row::beyondStrategy));
  }

  private Latencies together(Function<Row, Latencies> column) {
    return Latencies.of(
        truth.rows().stream().flatMap(row -> column.apply(row).sorted().stream()).toList());
  }

  private int sum(ToIntFunction<Row> column) {
    return truth.rows().stream().mapToInt(column).sum();
  }

  private String bad(int count) {
    String text = "%6d".formatted(count);
    return count == 0 ? text : terminal.paint(Ink.RED, text);
  }

  /** With a tenth: finer than that, a second run says otherwise. */
  static String seconds(Optional<Duration> duration) {
    return duration
        .map(value -> String.format(Locale.ROOT, "%.1f s", value.toMillis() / 1000.0))
        .orElse("-");
  }
}
