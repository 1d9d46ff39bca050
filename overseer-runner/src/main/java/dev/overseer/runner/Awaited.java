package dev.overseer.runner;

import dev.overseer.runner.judging.Flight;
import java.util.function.BiConsumer;

/**
 * A flight, and what is to be done when it is back.
 *
 * @param <C> what holds when it is
 */
record Awaited<R, C>(Flight<R> flight, BiConsumer<R, C> landing) {

  /** Whether it is back, and what was to be done is done. Not to be asked again then. */
  boolean land(C circumstances) {
    if (!flight.isBack()) {
      return false;
    }
    landing.accept(flight.result(), circumstances);
    return true;
  }
}
