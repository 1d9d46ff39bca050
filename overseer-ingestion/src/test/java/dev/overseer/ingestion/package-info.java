/** Tests of ingestion over a memory log: no database, and clocks that are turned by hand. */
@NullMarked
package dev.overseer.ingestion;

import org.jspecify.annotations.NullMarked;
