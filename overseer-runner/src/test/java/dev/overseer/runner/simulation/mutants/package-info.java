/**
 * Proves that the simulation finds what it is there for: mistakes are planted in the product's
 * sources one at a time, compiled beside it, and must be caught by some seed.
 */
@NullMarked
package dev.overseer.runner.simulation.mutants;

import org.jspecify.annotations.NullMarked;
