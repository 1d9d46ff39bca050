/**
 * Sources: each tails one upstream database, stamps effective time, appends to the update log and
 * confirms only what is durable.
 *
 * <p>{@link dev.overseer.ingestion.Ingestion} is the stage that carries a source through its life:
 * connect, read the existing rows if it must, tail, and again after every failure. What a source's
 * kind must provide for that is {@link dev.overseer.ingestion.Upstream}. The rules of time are in
 * two small classes without I/O: {@code EffectiveClock} gives a transaction its effective time,
 * {@code MarkProbes} tells which marks a reading of the source's clock has earned; {@link
 * dev.overseer.ingestion.Probing} takes those readings.
 */
@NullMarked
package dev.overseer.ingestion;

import org.jspecify.annotations.NullMarked;
