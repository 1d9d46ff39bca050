/**
 * Side files for what a source sends of transactions that have not ended. Nothing in them is part
 * of the update log, and nothing in them outlives a connection: the source sends it again. So they
 * are checksummed, and never synced.
 */
@NullMarked
package dev.overseer.ingestion.spool;

import org.jspecify.annotations.NullMarked;
