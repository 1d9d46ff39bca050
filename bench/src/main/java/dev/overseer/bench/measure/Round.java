package dev.overseer.bench.measure;

/** The limit and the contender, one right after the other. */
public record Round(Measurement limit, Measurement contender) {

  /** How much of the limit's rate the contender reached. */
  public double ratio() {
    return contender.rate() / limit.rate();
  }
}
