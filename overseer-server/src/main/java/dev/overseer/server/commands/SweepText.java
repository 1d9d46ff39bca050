package dev.overseer.server.commands;

import static dev.overseer.server.commands.CoverageText.number;

import dev.overseer.server.desk.SweepStatus;

/** How a sweep stands, or how it ended, for people. */
final class SweepText {
  private SweepText() {}

  static String of(SweepStatus sweep) {
    String looked = "looked at %s%s records".formatted(number(sweep.lookedAt()), ofAll(sweep));
    String judged =
        "%s roots to be judged: %s passed, %s failed, %s undecided"
            .formatted(
                number(sweep.triggered()),
                number(sweep.passed()),
                number(sweep.failed()),
                number(sweep.undecided()));
    return state(sweep) + ", " + looked + ", " + judged;
  }

  private static String ofAll(SweepStatus sweep) {
    return sweep.records().map(all -> " of " + number(all)).orElse("");
  }

  private static String state(SweepStatus sweep) {
    return sweep.underWay()
        ? sweep.held().map(why -> "waiting (" + why + ")").orElse("under way")
        : "ended " + Shown.time(sweep.endedAt()) + " (" + sweep.ended().orElse("") + ")";
  }
}
