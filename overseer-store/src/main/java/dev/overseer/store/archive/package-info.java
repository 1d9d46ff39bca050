/**
 * The copy of a log that outlives the machine: its sealed segments in an object store, put there
 * once and for all, by one process at a time; and how a log comes back from it.
 */
@NullMarked
package dev.overseer.store.archive;

import org.jspecify.annotations.NullMarked;
