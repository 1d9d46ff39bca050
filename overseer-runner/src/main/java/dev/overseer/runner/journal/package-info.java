/**
 * The journal: everything that was decided, in the order in which it was. Verdicts, the transitions
 * of violations and incidents, activations, and what escalation owes and has delivered. The same
 * log as the update log, with other records; ids are functions of what they name, so that a step
 * taken twice is seen to be one.
 */
@NullMarked
package dev.overseer.runner.journal;

import org.jspecify.annotations.NullMarked;
