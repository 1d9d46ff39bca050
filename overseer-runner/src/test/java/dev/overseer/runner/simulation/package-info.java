/**
 * The whole journey behind the sources, stepped from one seeded loop: sources that lag, stall,
 * tear, lose their slot, jump in time and fail over; a process that dies at any step and goes on
 * from its stores or from the bucket alone; checks that come, change and go; a channel that does
 * not always answer. After every step what is on record is held against a {@link
 * dev.overseer.runner.simulation.ReferenceModel} that knows nothing of logs, agendas and crashes.
 */
@NullMarked
package dev.overseer.runner.simulation;

import org.jspecify.annotations.NullMarked;
