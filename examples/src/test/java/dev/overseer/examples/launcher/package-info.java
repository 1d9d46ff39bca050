/** The launcher, run as its users run it. */
@NullMarked
package dev.overseer.examples.launcher;

import org.jspecify.annotations.NullMarked;
