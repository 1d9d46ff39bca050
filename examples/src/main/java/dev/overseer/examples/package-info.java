/** Runnable examples, the demo among them, which the documentation quotes. */
@NullMarked
package dev.overseer.examples;

import org.jspecify.annotations.NullMarked;
