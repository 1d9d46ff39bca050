/** Tests that the backlog is what it is said to be, on a real server. */
@NullMarked
package dev.overseer.bench.tail;

import org.jspecify.annotations.NullMarked;
