/**
 * One withdrawal on its whole journey, every stage stepped by hand. Read {@code JourneyTest} from
 * top to bottom, after {@code Overseer}, which wires the same stages.
 */
@NullMarked
package dev.overseer.examples.journey;

import org.jspecify.annotations.NullMarked;
