package dev.overseer.server.commands;

import dev.overseer.server.desk.BacktestAnswer;
import dev.overseer.server.desk.BacktestAnswer.Compared;
import dev.overseer.server.desk.BacktestAnswer.Cost;
import dev.overseer.server.desk.BacktestAnswer.Difference;
import dev.overseer.server.desk.BacktestAnswer.Failure;
import dev.overseer.server.desk.BacktestAnswer.Waits;
import dev.overseer.server.desk.ViolationSummary.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a backtest came to, for people: differences first. */
final class BacktestText {
  private BacktestText() {}

  static String of(BacktestAnswer answer) {
    return answer.differences().map(BacktestText::differences).orElse("")
        + failures(answer)
        + errors(answer)
        + summary(answer);
  }

  private static String differences(Compared compared) {
    Table table = new Table("ROOT", "TRIGGER", "CUT", "LIVE", "BACKTEST");
    for (Difference difference : compared.listed()) {
      table.row(
          difference.root(),
          Shown.time(difference.trigger()),
          Shown.time(difference.cut()),
          difference.live().orElse("-"),
          difference.backtest().orElse("-"));
    }
    long all = compared.otherOutcome() + compared.onlyLive() + compared.onlyBacktest();
    return (table.isEmpty() ? "" : "Differences to the live run:\n" + table + "\n")
        + "%s of the verdicts are the same; %s differ: %s with another outcome, %s only live, %s only in the backtest%s.%n"
            .formatted(
                number(compared.same()),
                number(all),
                number(compared.otherOutcome()),
                number(compared.onlyLive()),
                number(compared.onlyBacktest()),
                compared.carried() == 0
                    ? ""
                    : " (%s more are live only: a sweep triggered them, or their roots failed before)"
                        .formatted(number(compared.carried())))
        + leftOut(compared.listed().size(), all)
        + "\n";
  }

  private static String failures(BacktestAnswer answer) {
    List<Failure> listed = answer.wouldHaveFailed();
    if (listed.isEmpty()) {
      return "Nothing would have failed.\n\n";
    }
    Table table = new Table("ROOT", "FAILED AT", "HEALED AT", "DECIDED BY", "WHY");
    for (Failure failure : listed) {
      table.row(
          failure.root(),
          Shown.time(failure.cut()),
          Shown.time(failure.healedAt()),
          decided(failure),
          failure.reasons().stream().map(BacktestText::reason).collect(Collectors.joining("; ")));
    }
    return "Would have failed:\n" + table + leftOut(listed.size(), answer.failures()) + "\n";
  }

  private static String decided(Failure failure) {
    return failure.decidedBy().equals("deadline")
        ? "deadline"
        : "update, " + Shown.span(Optional.of(failure.waitMillis())) + " before";
  }

  private static String reason(Reason reason) {
    boolean hasValues = !reason.expected().isEmpty() || !reason.actual().isEmpty();
    return hasValues
        ? "%s (expected %s, actual %s)".formatted(reason.text(), reason.expected(), reason.actual())
        : reason.text();
  }

  private static String errors(BacktestAnswer answer) {
    return answer.errors().isEmpty()
        ? ""
        : answer.errors().stream()
            .map(error -> "  " + error + "\n")
            .collect(Collectors.joining("", "The check itself failed:\n", "\n"));
  }

  private static String summary(BacktestAnswer answer) {
    return callsOut(answer)
        + outcomes(answer)
        + judged(answer)
        + waits(answer.waits())
        + cost(answer.cost());
  }

  private static String callsOut(BacktestAnswer answer) {
    return answer.callsOut()
        ? "The check calls out: asked again, or live, it may have said something else.\n"
        : "";
  }

  private static String outcomes(BacktestAnswer answer) {
    return answer.outcomes().entrySet().stream()
        .map(it -> number(it.getValue()) + " " + it.getKey())
        .collect(Collectors.joining(", ", "Verdicts of %s: ".formatted(answer.check()), ".\n"));
  }

  private static String judged(BacktestAnswer answer) {
    return "Roots that would have begun to fail: %s, of which %s still fail at the end.%n"
            .formatted(number(answer.failures()), number(answer.failingAtEnd()))
        + "Triggers from %s to %s; judged up to %s, and %s triggers are not due there yet.%n"
            .formatted(
                answer.from().map(Shown::time).orElse("the beginning"),
                answer.to().map(Shown::time).orElse("the end"),
                answer.judgedUntil().map(Shown::time).orElse("the end"),
                number(answer.pending()));
  }

  private static String waits(Waits waits) {
    return waits.byUpdate() + waits.byDeadline() == 0
        ? ""
        : "Least time to detect, from the deciding update to the cut: median %s, p99 %s, at most %s; %s of those listed were decided by a deadline.%n"
            .formatted(
                Shown.span(Optional.of(waits.medianMillis())),
                Shown.span(Optional.of(waits.p99Millis())),
                Shown.span(Optional.of(waits.maxMillis())),
                number(waits.byDeadline()));
  }

  private static String cost(Cost cost) {
    return "It took %s, and %s of processor time, to read %s updates (%s/s) and to call the check %s times.%n"
        .formatted(
            Shown.span(Optional.of(cost.millis())),
            Shown.span(Optional.of(cost.cpuMillis())),
            number(cost.updates()),
            number(cost.updatesPerSecond()),
            number(cost.judgements()));
  }

  private static String leftOut(int listed, long all) {
    return all > listed ? "... and %s more.%n".formatted(number(all - listed)) : "";
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
