/**
 * The whole journey behind the sources, stepped from one seeded loop: sources that lag, stall and
 * tear, a process that dies at any step, checks that come, change and go, and after every step the
 * comparison with a {@link dev.overseer.runner.simulation.ReferenceModel} that knows nothing of
 * logs, agendas and crashes.
 */
@NullMarked
package dev.overseer.runner.simulation;

import org.jspecify.annotations.NullMarked;
