package dev.overseer.bench.measure;

import java.util.List;

/**
 * All rounds of a contender against its limit, and how the bar stands after them.
 *
 * @param rerun whether an earlier attempt was noisy; its rounds are in the results too
 */
public record Comparison(
    Bar bar, String limit, String contender, List<Round> rounds, boolean rerun) {
  public Comparison {
    rounds = List.copyOf(rounds);
  }

  public Spread ratios() {
    return Spread.of(rounds.stream().map(Round::ratio).toList());
  }

  public Bar.Standing standing() {
    return bar.standing(ratios());
  }

  public String line() {
    return bar.line(ratios());
  }

  List<Measurement> ofLimit() {
    return rounds.stream().map(Round::limit).toList();
  }

  List<Measurement> ofContender() {
    return rounds.stream().map(Round::contender).toList();
  }
}
