/** How fast a check judges the past, beside merely reading the log. */
@NullMarked
package dev.overseer.bench.backtest;

import org.jspecify.annotations.NullMarked;
