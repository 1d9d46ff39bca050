/**
 * Sources: each tails one upstream database, stamps effective time, appends to the update log and
 * confirms only what is durable.
 */
@NullMarked
package dev.overseer.ingestion;

import org.jspecify.annotations.NullMarked;
