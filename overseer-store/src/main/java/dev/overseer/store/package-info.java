/**
 * Durable storage: the update log, the index that is derived from it, and the segment files under
 * both.
 */
@NullMarked
package dev.overseer.store;

import org.jspecify.annotations.NullMarked;
