package dev.overseer.server.desk;

import java.time.Instant;
import java.util.List;

/**
 * How a violation stands.
 *
 * @param state with people: {@code open}, {@code acknowledged}, {@code snoozed}, {@code accepted},
 *     {@code resolved}, {@code healed} or {@code retired}
 * @param failing whether the data fail at the latest cut that was judged completely
 * @param reasons why they failed last
 * @param cut the effective time of the latest complete verdict
 * @param openedAt on Overseer's own clock
 * @param changedAt the latest step's time, on Overseer's own clock
 */
public record ViolationSummary(
    String id,
    String check,
    String root,
    String state,
    boolean failing,
    List<Reason> reasons,
    Instant cut,
    Instant openedAt,
    Instant changedAt) {
  public ViolationSummary {
    reasons = List.copyOf(reasons);
  }

  /** One thing that is wrong; {@code expected} and {@code actual} are empty where there is none. */
  public record Reason(String code, String text, String expected, String actual) {}
}
