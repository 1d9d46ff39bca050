package dev.overseer.checks;

/**
 * What must be true of a view. A pure function of the view and of {@code now}: it is called many
 * times, on many threads, for the past as for the present, and must say the same each time.
 *
 * @param <V> the view's type: a Java record or a generated protobuf message
 */
@FunctionalInterface
public interface Check<V> {

  /** Throwing is an error of the check, recorded as {@link Outcome.Errored}; never a violation. */
  Outcome judge(V view, Judging judging);
}
