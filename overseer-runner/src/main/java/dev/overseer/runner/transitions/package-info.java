/**
 * The states that a violation or an incident can be in, and the one table of its legal steps. Pure:
 * who takes the steps, and on what grounds, is told elsewhere.
 */
@NullMarked
package dev.overseer.runner.transitions;

import org.jspecify.annotations.NullMarked;
