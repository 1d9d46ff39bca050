/**
 * Who hears of violations and incidents, and how. What is owed stands in the journal before
 * anything is sent; it is sent at least once, in order per subject and channel, under one
 * idempotency key.
 */
@NullMarked
package dev.overseer.runner.escalation;

import org.jspecify.annotations.NullMarked;
