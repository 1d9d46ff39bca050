/**
 * {@code ./dev bench runner}: the exchange's traffic, made in process, on its whole way from the
 * log to the verdicts in the journal; in turns with Apache Flink, which judges the same.
 */
@NullMarked
package dev.overseer.bench.runner;

import org.jspecify.annotations.NullMarked;
