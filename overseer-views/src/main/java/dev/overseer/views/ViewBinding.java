package dev.overseer.views;

/**
 * Makes the type that a check is written against of a view. Made once, at start-up, when every
 * mismatch between the two is found; safe for many threads.
 */
public interface ViewBinding<V> {

  /**
   * @throws UnknownValue when a value that the type asks for is not known at the cut
   */
  V bind(View view);
}
