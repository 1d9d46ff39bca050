/**
 * When to judge what: one agenda for each check, ordered by effective time and worked off up to the
 * frontier, and what is remembered of a root between its judgements. All of it is in an ordered
 * store, and the near future in memory too.
 */
@NullMarked
package dev.overseer.runner.scheduling;

import org.jspecify.annotations.NullMarked;
