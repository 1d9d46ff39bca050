/**
 * An ordered store of byte keys in named spaces, with atomic batches: what the index and the
 * runner's agenda are kept in. RocksDB on disk, a persistent tree in memory. It holds only what can
 * be derived again from the logs.
 */
@NullMarked
package dev.overseer.store.keyvalue;

import org.jspecify.annotations.NullMarked;
