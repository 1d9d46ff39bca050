package dev.overseer.server;

import dev.overseer.model.LogOffset;
import dev.overseer.store.log.AppendLog;
import java.util.Optional;

/**
 * Whether a lost machine would still be known to have tailed all its sources: what they showed
 * until then, and from when on their tables are known. Safe for many threads.
 */
final class SafeStart {
  private final AppendLog<?> updateLog;
  private Optional<LogOffset> tailed = Optional.empty();

  SafeStart(AppendLog<?> updateLog) {
    this.updateLog = updateLog;
  }

  /** To be asked only when all sources are tailed. */
  synchronized boolean isReached() {
    LogOffset then = tailed.orElseGet(updateLog::end);
    tailed = Optional.of(then);
    return updateLog.safe().compareTo(then) >= 0;
  }
}
