package dev.overseer.runner.backtest;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.model.ChangeDecoder;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.runner.Runner;
import dev.overseer.runner.RunnerParts;
import dev.overseer.runner.judging.CheckCalls;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.judging.VerdictRecorder;
import dev.overseer.store.index.UpdateIndex;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.views.ViewReader;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What a backtest works with, and changes nothing of.
 *
 * @param decoders by the format's name
 * @param calls where a check's code runs; asked once for each part. Its flights are back at once
 * @param clock Overseer's own: for how long it takes
 */
public record BacktestParts(
    ReadableLog<LogRecord> log,
    UpdateIndex index,
    Definitions definitions,
    Function<String, ChangeDecoder> decoders,
    ViewMaker views,
    Function<CheckDefinition<?>, CheckCalls> calls,
    InstantSource clock) {

  /** Makes views of an index and its log. */
  @FunctionalInterface
  public interface ViewMaker {
    ViewReader over(UpdateIndex index, ReadableLog<LogRecord> log);
  }

  /** For what judges by another index and log, which say the same; with nothing to go on with. */
  RunnerParts judging(
      UpdateIndex otherIndex,
      ReadableLog<LogRecord> otherLog,
      UnaryOperator<ViewReader> seen,
      CheckCalls counted) {
    return new RunnerParts(
        otherLog,
        otherIndex,
        definitions,
        decoders,
        seen.apply(views.over(otherIndex, otherLog)),
        new MemoryStore(Durability.FLUSHED, Runner.SPACES),
        new Unrecorded(),
        _ -> counted,
        clock);
  }

  /** Nobody records what a backtest finds. */
  private record Unrecorded() implements VerdictRecorder {
    @Override
    public void record(List<Finding> findings) {
      throw new UnsupportedOperationException("A backtest records nothing");
    }

    @Override
    public LogOffset sync() {
      throw new UnsupportedOperationException("A backtest records nothing");
    }
  }
}
