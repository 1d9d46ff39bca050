/**
 * Very many deadlines that wait: how much memory they take, how long a restart, and when they are
 * judged.
 */
@NullMarked
package dev.overseer.bench.pending;

import org.jspecify.annotations.NullMarked;
