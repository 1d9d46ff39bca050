package dev.overseer.runner.journal;

import java.time.Duration;

/**
 * How long it took to see that something is wrong.
 *
 * @param timeToDetect from the deciding update's commit, on its source's clock, or from the
 *     deadline, to the moment when the violation was handed to the journal, on Overseer's own
 *     clock: the sync that makes it durable comes after, and cannot be in the record itself
 * @param beyondStrategy what of it the strategy had not asked for
 */
public record Detection(Duration timeToDetect, Duration beyondStrategy) {}
