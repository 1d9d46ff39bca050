/** The journal's records, to bytes and back. */
@NullMarked
package dev.overseer.runner.journal;

import org.jspecify.annotations.NullMarked;
