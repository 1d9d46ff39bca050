/**
 * How fast Overseer takes in rows that existed before it came, in turns with {@code COPY} of the
 * same table: all that the server can give.
 */
@NullMarked
package dev.overseer.bench.snapshot;

import org.jspecify.annotations.NullMarked;
