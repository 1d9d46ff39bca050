/**
 * The append-only log: checksummed segments, group commit, readers from any offset. The update log
 * and the journal are the same code with other records.
 */
@NullMarked
package dev.overseer.store.log;

import org.jspecify.annotations.NullMarked;
