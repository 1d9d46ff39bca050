package dev.overseer.runner.judging;

import dev.overseer.checks.CheckDefinition;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * Where the code of checks runs: on threads that are theirs for as long as they need them, so that
 * whatever a check does it is its own flights alone that wait.
 *
 * @param executor gives each task a thread at once, and it may keep it for ever: a platform thread,
 *     for of virtual ones those that compute hold up others
 * @param heavyExecutor the same for a check whose calls compute for long: its threads may have less
 *     of the processors than all others
 * @param nanos of a clock that goes evenly
 * @param cpuNanos that the calling thread has computed
 * @param allocatedBytes what the thread of this id has allocated since it began
 * @param leftBehind hears the id of a thread whose call was given up: nobody waits for it any more
 */
public record CheckThreads(
    Executor executor,
    Executor heavyExecutor,
    LongSupplier nanos,
    LongSupplier cpuNanos,
    LongUnaryOperator allocatedBytes,
    LongConsumer leftBehind) {

  /** For a runner that has other things to do: a flight is waited for only a moment. */
  public CheckCalls callsOf(CheckDefinition<?> check) {
    return new WatchedCalls(check.name().value(), check.limits(), this);
  }

  /** For a replay, which has nothing else to do: every flight is back when it was begun. */
  public CheckCalls awaitedCallsOf(CheckDefinition<?> check) {
    return new AwaitedCalls(new WatchedCalls(check.name().value(), check.limits(), this));
  }
}
