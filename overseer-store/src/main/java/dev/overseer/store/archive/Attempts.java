package dev.overseer.store.archive;

import dev.overseer.model.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Asks an archive again after growing pauses, for ever, and tells when it refuses. */
final class Attempts {
  private static final Duration RETRY_MIN = Duration.ofMillis(200);
  private static final Duration RETRY_MAX = Duration.ofSeconds(10);

  private final String name;
  private final ArchiveWatch watch;
  private Instant retryAt = Instant.MIN;
  private Duration retryPause = RETRY_MIN;
  private boolean refused;

  /**
   * @param name of what is archived
   */
  Attempts(String name, ArchiveWatch watch) {
    this.name = name;
    this.watch = watch;
  }

  /** Calls, if it is time to, and says whether something was done. */
  boolean attempt(BooleanSupplier call, Instant now) {
    if (now.isBefore(retryAt)) {
      return false;
    }
    boolean isDone;
    try {
      isDone = call.getAsBoolean();
    } catch (Unavailable e) {
      refused = true;
      retryAt = now.plus(retryPause);
      retryPause = min(retryPause.multipliedBy(2), RETRY_MAX);
      watch.archiveRefused(name, e);
      return false;
    }
    if (refused && isDone) {
      refused = false;
      retryPause = RETRY_MIN;
      watch.archiveTakes(name);
    }
    return isDone;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
