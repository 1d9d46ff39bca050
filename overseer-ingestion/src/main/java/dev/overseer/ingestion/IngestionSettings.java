package dev.overseer.ingestion;

import java.time.Duration;
import java.util.Optional;

/**
 * How a source is tailed; every number but the offset is positive.
 *
 * @param clockOffset added to the source's times, so that they compare with other sources'
 * @param commitSlack how long a commit may be held up between its stamp and the source's log
 * @param probeEvery how often the source's clock is read: about how stale an idle source may look
 * @param confirmEvery how often our position is told to the source at the latest
 * @param jumpMax how far ahead a time may be before it is not believed
 * @param silenceMax after how long without a sign of life a connection is given up
 * @param retryMin how soon to connect again after a failure; doubles with each further one
 * @param retryMax the longest time between two attempts
 * @param rowsPerSecond how many existing rows are read per second at the most
 * @param retainedBytesMax when the source keeps more of its log for us, it is let go of
 * @param heartbeatEvery how often we write into its log, where we may; absent: never
 */
public record IngestionSettings(
    Duration clockOffset,
    Duration commitSlack,
    Duration probeEvery,
    Duration confirmEvery,
    Duration jumpMax,
    Duration silenceMax,
    Duration retryMin,
    Duration retryMax,
    int rowsPerSecond,
    long retainedBytesMax,
    Optional<Duration> heartbeatEvery) {

  public static final IngestionSettings DEFAULT =
      new IngestionSettings(
          Duration.ZERO,
          Duration.ofMillis(250),
          Duration.ofMillis(250),
          Duration.ofMillis(250),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMillis(100),
          Duration.ofSeconds(10),
          50_000,
          Long.MAX_VALUE,
          Optional.empty());

  public IngestionSettings withRowsPerSecond(int rows) {
    return new IngestionSettings(
        clockOffset,
        commitSlack,
        probeEvery,
        confirmEvery,
        jumpMax,
        silenceMax,
        retryMin,
        retryMax,
        rows,
        retainedBytesMax,
        heartbeatEvery);
  }

  public IngestionSettings withClockOffset(Duration offset) {
    return new IngestionSettings(
        offset,
        commitSlack,
        probeEvery,
        confirmEvery,
        jumpMax,
        silenceMax,
        retryMin,
        retryMax,
        rowsPerSecond,
        retainedBytesMax,
        heartbeatEvery);
  }

  public IngestionSettings withRetainedBytesMax(long bytes) {
    return new IngestionSettings(
        clockOffset,
        commitSlack,
        probeEvery,
        confirmEvery,
        jumpMax,
        silenceMax,
        retryMin,
        retryMax,
        rowsPerSecond,
        bytes,
        heartbeatEvery);
  }

  public IngestionSettings withHeartbeatEvery(Duration every) {
    return new IngestionSettings(
        clockOffset,
        commitSlack,
        probeEvery,
        confirmEvery,
        jumpMax,
        silenceMax,
        retryMin,
        retryMax,
        rowsPerSecond,
        retainedBytesMax,
        Optional.of(every));
  }
}
