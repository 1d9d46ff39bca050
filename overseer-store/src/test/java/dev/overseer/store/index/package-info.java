/** Evidence for the index and for the reader of whole transactions. */
@NullMarked
package dev.overseer.store.index;

import org.jspecify.annotations.NullMarked;
