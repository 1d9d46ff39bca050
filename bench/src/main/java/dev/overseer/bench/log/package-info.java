/**
 * How fast the update log takes changes, durably and indexed, and gives them back: in turns with a
 * file that takes the same bytes, and with RocksDB holding the same.
 */
@NullMarked
package dev.overseer.bench.log;

import org.jspecify.annotations.NullMarked;
