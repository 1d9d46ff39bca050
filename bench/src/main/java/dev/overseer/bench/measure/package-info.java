/**
 * How every benchmark here measures: contenders take turns on the same work, ratios are formed
 * within a round, the median is judged against a bar, and everything measured is kept.
 */
@NullMarked
package dev.overseer.bench.measure;

import org.jspecify.annotations.NullMarked;
