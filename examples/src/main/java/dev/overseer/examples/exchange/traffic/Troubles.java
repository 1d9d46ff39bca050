package dev.overseer.examples.exchange.traffic;

import java.time.Duration;
import java.util.List;

/**
 * What goes on beside the traffic and must raise nothing. All times are after the traffic's start.
 *
 * @param stall when the ledger's feed is held back, while payments runs on
 * @param restart when the payments server is restarted
 * @param bursts from when on the withdrawals of some seconds come all at once
 */
public record Troubles(Duration stall, Duration restart, List<Duration> bursts) {
  public static final Duration STALL_LENGTH = Duration.ofSeconds(20);
  private static final Duration BURST_LENGTH = Duration.ofSeconds(3);
  private static final int BURST_FACTOR = 10;

  /** Nothing slow is planned this shortly before a restart: it would be made slower still. */
  private static final Duration CALM = Duration.ofSeconds(8);

  static Troubles of(PlanOptions options) {
    Duration length = options.length();
    Duration stall = length.dividedBy(6);
    Duration afterStall = stall.plus(STALL_LENGTH);
    return new Troubles(
        stall,
        afterStall.plus(length.minus(afterStall).dividedBy(3)),
        List.of(length.dividedBy(12), length.minus(BURST_LENGTH)));
  }

  /** When a withdrawal that evenly spread traffic has at {@code even} is requested. */
  Duration requested(Duration even) {
    for (Duration burst : bursts) {
      Duration into = even.minus(burst);
      if (!into.isNegative() && into.compareTo(BURST_LENGTH) < 0) {
        return burst.plus(into.dividedBy(BURST_FACTOR));
      }
    }
    return even;
  }

  boolean allowSlowness(Duration start) {
    return start.plus(CALM).compareTo(restart) < 0 || start.compareTo(restart) > 0;
  }
}
