package dev.overseer.bench.measure;

import java.util.List;

/** All rounds of the same contenders, in order. */
public record Attempt(List<Round> rounds) {
  public Attempt {
    rounds = List.copyOf(rounds);
  }

  public Spread of(Ratio ratio) {
    return Spread.of(rounds.stream().map(ratio::of).toList());
  }

  boolean isNoisy(Ratio ratio) {
    return ratio.isNoisy(of(ratio));
  }

  List<String> contenders() {
    return rounds.getFirst().runs().stream().map(Round.Run::contender).toList();
  }

  List<Measurement> of(String contender) {
    return rounds.stream().map(round -> round.of(contender)).toList();
  }
}
