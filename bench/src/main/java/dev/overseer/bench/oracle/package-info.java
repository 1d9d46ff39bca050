/**
 * An oracle for the Postgres source: a seeded random workload runs against a real server while
 * Overseer tails it, and what the server itself answers is held against what Overseer says of the
 * same moment. What is expected is never computed here, only read from the server.
 */
@NullMarked
package dev.overseer.bench.oracle;

import org.jspecify.annotations.NullMarked;
