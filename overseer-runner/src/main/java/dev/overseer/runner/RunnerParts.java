package dev.overseer.runner;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.model.ChangeDecoder;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogRecord;
import dev.overseer.runner.judging.CheckCalls;
import dev.overseer.runner.judging.VerdictRecorder;
import dev.overseer.store.index.UpdateIndex;
import dev.overseer.store.keyvalue.OrderedStore;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.views.ViewReader;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * What a runner works with.
 *
 * @param decoders by the format's name
 * @param store the checkpoint's, with the {@link Runner#SPACES}; it may be older than the journal,
 *     never younger
 * @param calls where a check's code runs; asked once for each check
 * @param supervision what people decide of checks
 * @param clock Overseer's own: for how long a trigger waits, and how often there is a checkpoint
 */
public record RunnerParts(
    ReadableLog<LogRecord> log,
    UpdateIndex index,
    Definitions definitions,
    Function<String, ChangeDecoder> decoders,
    ViewReader views,
    OrderedStore store,
    VerdictRecorder recorder,
    Function<CheckDefinition<?>, CheckCalls> calls,
    Supervision supervision,
    InstantSource clock) {

  /** With nobody to supervise. */
  public RunnerParts(
      ReadableLog<LogRecord> log,
      UpdateIndex index,
      Definitions definitions,
      Function<String, ChangeDecoder> decoders,
      ViewReader views,
      OrderedStore store,
      VerdictRecorder recorder,
      Function<CheckDefinition<?>, CheckCalls> calls,
      InstantSource clock) {
    this(
        log,
        index,
        definitions,
        decoders,
        views,
        store,
        recorder,
        calls,
        Supervision.none(),
        clock);
  }
}
