package dev.overseer.checks;

/** What a check's verdicts depend on beside its definition. */
public enum Inputs {
  /** The view and its time: the same log gives the same complete verdicts, always. */
  VIEW_ALONE,
  /** Answers of other systems too, so that nothing that it said can be repeated. */
  CALLS_OUT
}
