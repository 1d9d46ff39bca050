package dev.overseer.runner.backtest;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts together what the parts found. */
final class Reporting {
  private static final Comparator<Episode> BY_CUT =
      Comparator.comparing(Episode::cut).thenComparing(Episode::root);

  private Reporting() {}

  static BacktestReport report(
      BacktestRequest request,
      BacktestLimits limits,
      List<Part> parts,
      Optional<LiveComparison> comparison,
      Cost cost) {
    List<Tally> tallies = parts.stream().map(Part::tally).toList();
    return new BacktestReport(
        request.check().check().name(),
        request.check().definition(),
        request.check().check().inputs(),
        request.check().from(),
        request.to(),
        parts.getFirst().frontier(),
        pending(parts),
        tallies.stream()
            .map(Tally::outcomes)
            .reduce(new OutcomeCounts(0, 0, 0, 0, 0), OutcomeCounts::plus),
        tallies.stream().mapToLong(Tally::failures).sum(),
        tallies.stream().mapToLong(Tally::failing).sum(),
        tallies.stream()
            .flatMap(it -> it.episodes().stream())
            .sorted(BY_CUT)
            .limit(limits.listedMax())
            .toList(),
        tallies.stream().flatMap(it -> it.errors().stream()).limit(10).toList(),
        waits(tallies),
        comparison.map(LiveComparison::differences),
        cost);
  }

  /** Beyond the end there are only updates that may heal. */
  private static long pending(List<Part> parts) {
    return parts.stream()
        .filter(part -> !part.frontier().isAfter(part.end()))
        .mapToLong(Part::pending)
        .sum();
  }

  private static Waits waits(List<Tally> tallies) {
    List<Duration> waits = tallies.stream().flatMap(it -> it.waits().stream()).sorted().toList();
    long byDeadline = tallies.stream().mapToLong(Tally::byDeadline).sum();
    return new Waits(
        waits.size(), byDeadline, quantile(waits, 0.5), quantile(waits, 0.99), quantile(waits, 1));
  }

  private static Duration quantile(List<Duration> sorted, double part) {
    return Stream.of(sorted)
        .filter(it -> !it.isEmpty())
        .map(it -> it.get((int) Math.min(it.size() - 1, Math.ceil(it.size() * part) - 1)))
        .findFirst()
        .orElse(Duration.ZERO);
  }
}
