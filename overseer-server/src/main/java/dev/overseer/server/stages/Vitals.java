package dev.overseer.server.stages;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.Unavailable;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether every stage lives. A stage that failed makes the program unhealthy, for whoever watches
 * it to restart. Where storage refused it, all stages must be made anew together; damaged storage,
 * or a broken promise of our own code, ends the program, because going on could do harm.
 */
public final class Vitals {
  private static final Logger LOG = LoggerFactory.getLogger(Vitals.class);

  private final Map<String, String> failures = new ConcurrentSkipListMap<>();
  private final CompletableFuture<@Nullable Void> fatal = new CompletableFuture<>();
  private final CompletableFuture<String> refused = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> outdated = new CompletableFuture<>();

  /** The server's time is not the system's any more. */
  public void outdated() {
    LOG.warn("The server is made anew, with the time that the system's clock shows now");
    outdated.complete(null);
  }

  void failed(String stage, Throwable failure) {
    failures.put(stage, failure.toString());
    switch (failure) {
      case CorruptStore _ -> {
        LOG.error(
            "Stage {} met damaged storage, and the program ends: restore the data directory, or"
                + " delete what the message names if it is derived",
            stage,
            failure);
        fatal.complete(null);
      }
      case InvariantViolated _ -> {
        LOG.error(
            "Stage {} met a defect of Overseer, and the program ends: please report this",
            stage,
            failure);
        fatal.complete(null);
      }
      case OutOfMemoryError _ -> {
        LOG.error("Stage {} had no memory left, and the program ends", stage, failure);
        fatal.complete(null);
      }
      case Unavailable refusal -> {
        LOG.error(
            "Storage refused stage {}: nothing that was confirmed is lost, and the server must be"
                + " made anew: {}",
            stage,
            failure.getMessage());
        refused.complete(String.valueOf(refusal.getMessage()));
      }
      default ->
          LOG.error(
              "Stage {} failed and is not stepped any more; restart the program once the cause is"
                  + " gone",
              stage,
              failure);
    }
  }

  public boolean areGood() {
    return failures.isEmpty();
  }

  /** The stages that failed, and of what. */
  public Map<String, String> failures() {
    return Map.copyOf(failures);
  }

  /** Completes when storage has refused a stage, which may be never, with what it said. */
  public CompletableFuture<String> refused() {
    return refused.copy();
  }

  /** Completes when the server should be made anew though nothing failed, which may be never. */
  public CompletableFuture<@Nullable Void> whenOutdated() {
    return outdated.copy();
  }

  /** Completes when the program must end, which may be never. */
  public CompletableFuture<@Nullable Void> fatal() {
    return fatal.copy();
  }
}
