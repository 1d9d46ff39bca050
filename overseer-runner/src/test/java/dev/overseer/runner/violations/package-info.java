/** Violations driven by hand: verdicts, people and the clock, over a journal in memory. */
@NullMarked
package dev.overseer.runner.violations;

import org.jspecify.annotations.NullMarked;
