/**
 * A shop's toys, of which one changes its type: what the guide on time travel reads at both points
 * in time.
 */
@NullMarked
package dev.overseer.examples.toys;

import org.jspecify.annotations.NullMarked;
