package dev.overseer.server.desk;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is on record of a violation.
 *
 * @param history its steps, the first one first
 * @param evidence of the latest failing verdict; empty when that is not at hand
 */
public record ViolationDetail(
    ViolationSummary summary, List<HistoryStep> history, Optional<Proof> evidence) {
  public ViolationDetail {
    history = List.copyOf(history);
  }

  /**
   * One step.
   *
   * @param at on Overseer's own clock
   * @param cause {@code failed}, {@code passed}, {@code acknowledge} and so on
   * @param by who did it; empty when the data did
   * @param text why
   */
  public record HistoryStep(
      long sequence,
      Instant at,
      String from,
      String cause,
      String to,
      Optional<String> by,
      String text) {}

  /**
   * What the verdict rests on.
   *
   * @param cut the effective time at which the view was judged
   * @param positions how far each source had come
   */
  public record Proof(Instant cut, List<ProofUpdate> updates, Map<String, String> positions) {}

  /**
   * One update in the view.
   *
   * @param offset where its bytes are in the update log
   */
  public record ProofUpdate(
      String record, String operation, String update, long offset, Instant effectiveTime) {}
}
