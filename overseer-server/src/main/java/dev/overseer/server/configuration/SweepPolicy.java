package dev.overseer.server.configuration;

/** When a check's roots are judged that no update has triggered. */
public enum SweepPolicy {
  /** When somebody asks for it. */
  OFF,
  /** Also after every change of the check's definition. */
  ON_CHANGE
}
