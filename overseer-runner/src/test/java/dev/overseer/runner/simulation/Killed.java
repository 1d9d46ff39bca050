package dev.overseer.runner.simulation;

/** The process died here. */
final class Killed extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
