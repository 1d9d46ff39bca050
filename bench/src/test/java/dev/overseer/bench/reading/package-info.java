/** Tests that readers are watched, and believed only when they read everything. */
@NullMarked
package dev.overseer.bench.reading;

import org.jspecify.annotations.NullMarked;
