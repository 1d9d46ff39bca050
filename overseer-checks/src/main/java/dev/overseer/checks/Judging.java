package dev.overseer.checks;

import java.time.Instant;

/**
 * The circumstances of one judgement.
 *
 * @param now the cut in effective time: the only clock that a check may read
 * @param root the root record's key, readable: {@code withdrawal/42}
 */
public record Judging(Instant now, String root) {}
