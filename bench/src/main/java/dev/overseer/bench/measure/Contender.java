package dev.overseer.bench.measure;

/** Something that does the work of a benchmark, again and again, from the same start. */
public interface Contender {

  /** Stable and short, for tables: {@code overseer}. */
  String name();

  /** What comes before the first round, which may be less of the same. */
  default Measurement warmUp() {
    return run();
  }

  /** Does the work once, and leaves nothing behind that a later round would feel. */
  Measurement run();
}
