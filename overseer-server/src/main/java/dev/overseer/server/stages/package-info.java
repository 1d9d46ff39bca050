/** A thread for each stage, and what becomes of the program when one fails. */
@NullMarked
package dev.overseer.server.stages;

import org.jspecify.annotations.NullMarked;
