package dev.overseer.model;

/**
 * Which history a source's positions belong to: the system's identifier and its timeline. A
 * promoted standby has a new timeline and may use positions again that the old primary used.
 */
public record Incarnation(String system, long timeline) {

  @Override
  public String toString() {
    return system + "/" + timeline;
  }
}
