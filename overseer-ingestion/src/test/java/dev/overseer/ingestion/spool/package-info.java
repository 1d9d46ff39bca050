/** Tests of tailing Postgres, against real servers where it takes one. */
@NullMarked
package dev.overseer.ingestion.spool;

import org.jspecify.annotations.NullMarked;
