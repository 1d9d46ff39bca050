package dev.overseer.model;

/**
 * One step of an update's journey. A stage owns no thread and never waits: the server gives it a
 * thread, a simulation steps it from one seeded loop.
 */
@FunctionalInterface
public interface Stage {

  /**
   * Does a bounded amount of work, if there is any.
   *
   * @return whether anything was done; when not, the caller may pause before it asks again
   */
  boolean step();
}
