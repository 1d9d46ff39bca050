/**
 * Payouts of a bank, as many as are wanted, on their journey from the update log to the journal.
 */
@NullMarked
package dev.overseer.bench.payouts;

import org.jspecify.annotations.NullMarked;
