package dev.overseer.runner.judging;

import dev.overseer.checks.Verdict;
import java.util.function.Supplier;

/**
 * A verdict as judging hands it on.
 *
 * @param evidence gathered only when asked for, at most once, on the thread that records: most
 *     verdicts pass, and need none
 */
public record Finding(Verdict verdict, Supplier<Evidence> evidence) {}
