package dev.overseer.bench.measure;

/** Something that does the work of a benchmark, again and again, from the same start. */
public interface Contender {

  /** Stable and short, for tables: {@code overseer}. */
  String name();

  /** Does the work once, and leaves nothing behind that a later round would feel. */
  Measurement run();
}
