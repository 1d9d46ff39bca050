/**
 * A small exchange whose payments database and ledger must agree about every withdrawal: its
 * schemas, the records that its checks see, and the checks.
 */
@NullMarked
package dev.overseer.examples.exchange;

import org.jspecify.annotations.NullMarked;
