package dev.overseer.runner.judging;

import java.util.function.Function;

/**
 * Something that is under way on other threads, and comes back. Belongs to the thread that began
 * it, which asks now and then; asking is also what drives it on.
 */
public interface Flight<R> {

  /** Once it is, it stays so. */
  boolean isBack();

  /** What it brought; only once it is back. */
  R result();

  static <R> Flight<R> back(R result) {
    return new Flight<>() {
      @Override
      public boolean isBack() {
        return true;
      }

      @Override
      public R result() {
        return result;
      }
    };
  }

  /** The same flight, with what {@code mapping} makes of its result when it is asked for. */
  default <S> Flight<S> map(Function<R, S> mapping) {
    Flight<R> flight = this;
    return new Flight<>() {
      @Override
      public boolean isBack() {
        return flight.isBack();
      }

      @Override
      public S result() {
        return mapping.apply(flight.result());
      }
    };
  }
}
