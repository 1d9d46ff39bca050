/**
 * What Overseer makes of a backlog in one Postgres, beside a reader that drops everything: all that
 * the server can send.
 */
@NullMarked
package dev.overseer.bench.tail;

import org.jspecify.annotations.NullMarked;
