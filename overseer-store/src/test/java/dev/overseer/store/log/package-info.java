/** The contract of every log, and how the segments on disk take damage. */
@NullMarked
package dev.overseer.store.log;

import org.jspecify.annotations.NullMarked;
