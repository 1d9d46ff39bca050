package dev.overseer.model;

/**
 * The point of a bitemporal read: updates of effective time up to {@code cut}, inclusive, whose
 * transactions were stored before log offset {@code knownAt}, exclusive.
 */
public record AsOf(EffectiveTime cut, LogOffset knownAt) {

  /** With everything that is known by now. */
  public static AsOf at(EffectiveTime cut) {
    return new AsOf(cut, LogOffset.MAX);
  }

  /** The latest of everything. */
  public static AsOf latest() {
    return at(EffectiveTime.MAX);
  }
}
