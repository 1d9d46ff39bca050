/**
 * Backtests: a check judges what the log holds of some time once more, and nothing comes of it but
 * a report. Its complete verdicts are those of a live run.
 */
@NullMarked
package dev.overseer.runner.backtest;

import org.jspecify.annotations.NullMarked;
