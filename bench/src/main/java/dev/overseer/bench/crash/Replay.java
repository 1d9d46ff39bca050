package dev.overseer.bench.crash;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.Verdict;
import dev.overseer.formats.Formats;
import dev.overseer.model.CheckName;
import dev.overseer.model.Definitions;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.runner.ActiveCheck;
import dev.overseer.runner.Runner;
import dev.overseer.runner.RunnerLimits;
import dev.overseer.runner.RunnerParts;
import dev.overseer.runner.journal.JournalEntry.Activated;
import dev.overseer.runner.journal.VerdictId;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.judging.VerdictRecorder;
import dev.overseer.server.CallingThreads;
import dev.overseer.server.loading.LoadedChecks;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.Indexer;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.MemoryStore;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.views.StoredViews;
import dev.overseer.views.ViewLimits;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The update log judged again from its beginning, by the same checks, with nothing else kept from
 * the run: no index, no agenda, no journal but for when each definition applied. All in memory.
 */
final class Replay implements VerdictRecorder {
  private final Map<VerdictId, Verdict> complete = new LinkedHashMap<>();

  private Replay() {}

  /** The complete verdicts, which must be those of the run. */
  static Map<VerdictId, Verdict> completeVerdicts(
      ReadableLog<LogRecord> log, Definitions definitions, Map<CheckName, Activated> activations) {
    Replay replay = new Replay();
    Formats formats = Formats.standard();
    try (CallingThreads threads = new CallingThreads();
        LoadedChecks checks = LoadedChecks.of(List.of(new CrashChecks()));
        KeyValueUpdateIndex index = index(log, definitions, formats);
        Runner runner =
            new Runner(
                checks.definitions().stream().map(check -> active(check, activations)).toList(),
                new RunnerParts(
                    log,
                    index,
                    definitions,
                    formats::decoder,
                    new StoredViews(index, log, definitions, formats, ViewLimits.DEFAULT),
                    new MemoryStore(Durability.WRITTEN, Runner.SPACES),
                    replay,
                    threads.ofChecks()::awaitedCallsOf,
                    InstantSource.fixed(Instant.EPOCH)),
                RunnerLimits.standard())) {
      while (runner.step()) {
        // To the log's end.
      }
    }
    return replay.complete;
  }

  @Override
  public void record(List<Finding> findings) {
    for (Finding finding : findings) {
      if (finding.verdict().isComplete()) {
        complete.put(VerdictId.of(finding.verdict()), finding.verdict());
      }
    }
  }

  @Override
  public LogOffset sync() {
    return LogOffset.ZERO;
  }

  private static KeyValueUpdateIndex index(
      ReadableLog<LogRecord> log, Definitions definitions, Formats formats) {
    KeyValueUpdateIndex index =
        KeyValueUpdateIndex.open(
            new MemoryStore(Durability.FLUSHED, KeyValueUpdateIndex.SPACES),
            definitions,
            IndexIdentity.of(log.identity(), definitions));
    try (Indexer indexer =
        new Indexer(
            log,
            index,
            definitions,
            formats::decoder,
            (_, offset, why) -> {
              throw new InvariantViolated(
                  "The change at %s cannot be read: %s".formatted(offset, why));
            })) {
      while (indexer.step()) {
        // To the log's end.
      }
    }
    return index;
  }

  private static ActiveCheck active(
      CheckDefinition<?> check, Map<CheckName, Activated> activations) {
    Activated activated = activations.get(check.name());
    if (activated == null) {
      throw new IllegalStateException("The check " + check.name() + " was never activated");
    }
    return new ActiveCheck(check, activated.definition(), activated.from());
  }
}
