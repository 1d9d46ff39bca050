package dev.overseer.server.desk;

import dev.overseer.server.reading.Readings;
import java.util.List;
import java.util.Optional;

/** What people see of Overseer, and may do about it. Safe for many threads. */
public interface Desk {

  /** Those whose state changed last come first. */
  Page<ViolationSummary> violations(Query query);

  /** By its id, or a beginning of it that no other violation shares. */
  Optional<ViolationDetail> violation(String id);

  /**
   * Does what a person asks, and says how the violation stands then.
   *
   * @throws dev.overseer.model.InvalidRequest when there is no such violation, it cannot be done in
   *     its state, or nobody runs who could do it
   */
  ViolationDetail act(String violation, ActionRequest action);

  /**
   * Does what a person wants of a check, and says how it stands then. Durable on return.
   *
   * @throws dev.overseer.model.InvalidRequest when there is no such check, it cannot be done, or
   *     nobody runs who could do it
   */
  CheckStatus steer(String check, CheckRequest request);

  /**
   * Destroys a subject's key for good, and puts that on record.
   *
   * @throws dev.overseer.model.InvalidRequest when it has none, or nobody runs who could do it
   */
  Erasure erase(ErasureRequest request);

  /** Those whose state changed last come first. */
  Page<IncidentSummary> incidents(Query query);

  List<SourceStatus> sources();

  List<CheckStatus> checks();

  Readiness readiness();

  /** Of records and views, as of any time. */
  Readings readings();

  /** Checks that judge the past once more. */
  Backtests backtests();
}
