package dev.overseer.runner.judging;

import dev.overseer.checks.Verdict;
import java.util.function.Supplier;

/**
 * A verdict as judging hands it on.
 *
 * @param evidence gathered only when asked for, on the thread that records: most verdicts pass, and
 *     need none. Asked twice, it says the same.
 */
public record Finding(Verdict verdict, Supplier<Evidence> evidence) {}
