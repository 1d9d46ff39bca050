/** Incidents raised, cleared and acted on by hand. */
@NullMarked
package dev.overseer.runner.incidents;

import org.jspecify.annotations.NullMarked;
