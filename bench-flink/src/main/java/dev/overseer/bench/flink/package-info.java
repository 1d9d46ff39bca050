/** The exchange's traffic judged by Apache Flink, with the state of every withdrawal kept in it. */
@NullMarked
package dev.overseer.bench.flink;

import org.jspecify.annotations.NullMarked;
