package dev.overseer.server.commands;

import dev.overseer.server.desk.CheckStatus;
import java.util.Locale;

/** How far a check has come, for people. */
final class CoverageText {
  private CoverageText() {}

  static String of(CheckStatus check) {
    return """
    %s is %s
      covered up to   %s (%s behind)
      definition      %s, active since %s
      triggers from   %s
      not green       %s failed, %s inconclusive, %s errored; %s open violations
      ahead           %s not yet due, %s due and waiting for a source
    %s\
    """
        .formatted(
            check.name(),
            check.green() ? "green" : "not green",
            Shown.time(check.coveredUntil()),
            Shown.span(check.behindMillis()),
            Shown.id(check.definition()),
            Shown.time(check.activatedAt()),
            check.from().map(Shown::time).orElse("the beginning"),
            number(check.failed()),
            number(check.inconclusive()),
            number(check.errored()),
            number(check.openViolations()),
            number(check.notYetDue()),
            number(check.dueButStale()),
            check.sweep().map(it -> "  sweep           " + SweepText.of(it) + "\n").orElse(""));
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
