/** The contract of every ordered store. */
@NullMarked
package dev.overseer.store.keyvalue;

import org.jspecify.annotations.NullMarked;
