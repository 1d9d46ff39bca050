/**
 * All that the author of a check imports: the function and its outcomes, the one-line declaration
 * with every stage defaulted, the execution strategies and the escalation policies.
 */
@NullMarked
package dev.overseer.checks;

import org.jspecify.annotations.NullMarked;
