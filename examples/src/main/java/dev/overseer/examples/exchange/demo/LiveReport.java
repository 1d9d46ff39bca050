package dev.overseer.examples.exchange.demo;

import static dev.overseer.examples.exchange.demo.TruthReport.seconds;

import dev.overseer.examples.exchange.traffic.Plan;
import dev.overseer.examples.exchange.traffic.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The demo as it goes: violations as they appear and heal, a line each; and how things stand, as a
 * block that is drawn anew or, where no one looks on, as a line now and then.
 */
final class LiveReport {
  private static final Duration LINE_EVERY = Duration.ofSeconds(5);

  /** A source that is heard of within this is fresh. */
  private static final Duration FRESH = Duration.ofSeconds(2);

  private final Terminal terminal;
  private final Plan plan;
  private final Traffic traffic;
  private final Map<String, Raised> known = new HashMap<>();
  private Duration nextLine = LINE_EVERY;
  private Pace pace = new Pace(Duration.ZERO, 0, 0);

  /** Changes a second, smoothed enough to be read. */
  private record Pace(Duration at, long changes, double perSecond) {

    Pace at(Duration now, long total) {
      double elapsed = now.minus(at).toMillis() / 1000.0;
      return elapsed < 1 ? this : new Pace(now, total, (total - changes) / elapsed);
    }
  }

  LiveReport(Terminal terminal, Plan plan, Traffic traffic) {
    this.terminal = terminal;
    this.plan = plan;
    this.traffic = traffic;
  }

  void say(String text) {
    terminal.line(stamp() + "  " + text);
  }

  void trouble(String text) {
    say(Ink.YELLOW, "trouble", text);
  }

  void show(Observation now) {
    now.violations().forEach(this::tell);
    pace = pace.at(traffic.elapsed(), traffic.changes());
    if (terminal.isInteractive()) {
      terminal.block(block(now));
    } else if (traffic.elapsed().compareTo(nextLine) >= 0) {
      nextLine = traffic.elapsed().plus(LINE_EVERY);
      terminal.line(stamp() + "  status    " + String.join(" · ", summary(now)));
    }
  }

  private void tell(Raised raised) {
    Raised before = known.put(raised.check() + " " + raised.root(), raised);
    int openings = before == null ? 0 : before.openings();
    if (raised.openings() > openings) {
      say(Ink.RED, "opened", subject(raised));
    }
    if (raised.healed() && (before == null || !before.healed())) {
      say(Ink.GREEN, "resolved", subject(raised));
    }
  }

  private static String subject(Raised raised) {
    return "%-15s %s  %s".formatted(raised.reasonsAsText(), raised.root(), raised.check());
  }

  private void say(Ink ink, String what, String text) {
    terminal.line(stamp() + "  " + terminal.paint(ink, "%-8s".formatted(what)) + "  " + text);
  }

  private String stamp() {
    return String.format(Locale.ROOT, "%+7.1f s", traffic.elapsed().toMillis() / 1000.0);
  }

  private List<String> summary(Observation now) {
    List<String> parts = new ArrayList<>();
    parts.add(changes());
    now.watermarks().forEach((source, watermark) -> parts.add(source + " " + age(now, watermark)));
    parts.add("checks judged up to " + ago(now, judged(now)));
    parts.add(violations(now));
    return parts;
  }

  private List<String> block(Observation now) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        row(
            "traffic",
            "%d s of %d, %s"
                .formatted(
                    Math.min(traffic.elapsed().toSeconds(), plan.length().toSeconds()),
                    plan.length().toSeconds(),
                    changes())));
    now.watermarks().forEach((source, watermark) -> lines.add(row(source, age(now, watermark))));
    now.coverage()
        .forEach(
            (check, reached) ->
                lines.add(row(check, "judged up to " + ago(now, Optional.of(reached)))));
    lines.add(row("violations", violations(now)));
    return lines;
  }

  private String row(String name, String text) {
    return "  " + terminal.paint(Ink.BOLD, "%-29s".formatted(name)) + text;
  }

  private String changes() {
    return "%,d changes, %,.0f/s".formatted(traffic.changes(), pace.perSecond());
  }

  private static String violations(Observation now) {
    return "%d open, %d resolved".formatted(now.open(), now.violations().size() - now.open());
  }

  private String age(Observation now, Instant watermark) {
    Duration behind = now.behind(watermark);
    return behind.compareTo(FRESH) < 0
        ? terminal.paint(Ink.GREEN, "fresh")
        : terminal.paint(Ink.YELLOW, seconds(Optional.of(behind)) + " behind");
  }

  private static String ago(Observation now, Optional<Instant> reached) {
    return reached
        .filter(at -> at.isAfter(Instant.EPOCH))
        .map(at -> seconds(Optional.of(now.behind(at))) + " ago")
        .orElse("nothing yet");
  }

  private static Optional<Instant> judged(Observation now) {
    return now.coverage().values().stream().min(Instant::compareTo);
  }
}
