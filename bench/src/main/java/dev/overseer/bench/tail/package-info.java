/**
 * What Overseer makes of a backlog in one Postgres, in turns with a reader that drops everything
 * (all that the server can send) and with Debezium Engine.
 */
@NullMarked
package dev.overseer.bench.tail;

import org.jspecify.annotations.NullMarked;
