/** Tests that the existing rows are what they are said to be, on a real server. */
@NullMarked
package dev.overseer.bench.snapshot;

import org.jspecify.annotations.NullMarked;
