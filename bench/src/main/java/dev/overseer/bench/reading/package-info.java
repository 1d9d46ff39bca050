/**
 * Readers of one Postgres as benchmarks let them compete: each is a process of its own, and is
 * watched from outside, alike for all.
 */
@NullMarked
package dev.overseer.bench.reading;

import org.jspecify.annotations.NullMarked;
