/**
 * Sweeps: a check is asked of roots that nothing else would have it asked of. What a sweep triggers
 * goes on record before anything is done about it, and is then a trigger like any other.
 */
@NullMarked
package dev.overseer.runner.sweep;

import org.jspecify.annotations.NullMarked;
