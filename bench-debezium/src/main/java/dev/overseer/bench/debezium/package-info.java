/** Debezium Engine as a reader of a backlog, which its JSON is made of and then dropped. */
@NullMarked
package dev.overseer.bench.debezium;

import org.jspecify.annotations.NullMarked;
