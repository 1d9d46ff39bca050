package dev.overseer.runner.backtest;

import java.time.Duration;

/**
 * How long failures that were decided by an update took, from that update's effective time to the
 * cut at which it was judged.
 *
 * @param count of them
 * @param byDeadline how many more were decided because a time had come, and took nothing
 */
public record Waits(long count, long byDeadline, Duration median, Duration p99, Duration max) {}
