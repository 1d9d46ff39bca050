/**
 * Postgres's own logical decoding format, protocol version 1 with text values: reading and writing
 * its messages, what a change concerns, and the fold of a record's changes. Follows "Logical
 * Replication Message Formats" in the Postgres manual.
 */
@NullMarked
package dev.overseer.formats.pgoutput;

import org.jspecify.annotations.NullMarked;
