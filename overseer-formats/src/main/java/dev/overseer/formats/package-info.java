/**
 * One package per wire format, each reading a change as it was received and folding a record's
 * changes into its state.
 */
@NullMarked
package dev.overseer.formats;

import org.jspecify.annotations.NullMarked;
