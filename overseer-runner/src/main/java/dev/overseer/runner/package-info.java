/**
 * Runs checks: selects roots, schedules cuts in source time, judges views, and drives violations
 * and incidents from the journal.
 */
@NullMarked
package dev.overseer.runner;

import org.jspecify.annotations.NullMarked;
