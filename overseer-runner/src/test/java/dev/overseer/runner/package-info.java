/**
 * The runner from the update log to findings: by hand on a small exchange, and by seeded
 * simulations against a reference model.
 */
@NullMarked
package dev.overseer.runner;

import org.jspecify.annotations.NullMarked;
