/**
 * The derived index of the update log: which updates a record has, who refers to whom, and how far
 * every source has come. Everything here can be deleted and rebuilt from the log.
 */
@NullMarked
package dev.overseer.store.index;

import org.jspecify.annotations.NullMarked;
