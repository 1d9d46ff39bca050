/**
 * How fast records and views are read as of any time, in turns with Postgres and a table of their
 * history, and while changes come in.
 */
@NullMarked
package dev.overseer.bench.views;

import org.jspecify.annotations.NullMarked;
