/** Backtests for people: made of what a data directory holds, run a few at a time, and told. */
@NullMarked
package dev.overseer.server.backtests;

import org.jspecify.annotations.NullMarked;
