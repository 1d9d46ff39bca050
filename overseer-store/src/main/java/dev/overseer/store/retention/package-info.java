/**
 * Deletes changes that are older than their source's retention and say nothing that still holds:
 * when, which, and how the log stays whole and verifiable without them.
 */
@NullMarked
package dev.overseer.store.retention;

import org.jspecify.annotations.NullMarked;
