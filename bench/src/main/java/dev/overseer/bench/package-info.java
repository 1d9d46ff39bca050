/**
 * Measurements: what a reader that drops everything does with a backlog, and what Overseer does
 * with it.
 */
@NullMarked
package dev.overseer.bench;

import org.jspecify.annotations.NullMarked;
