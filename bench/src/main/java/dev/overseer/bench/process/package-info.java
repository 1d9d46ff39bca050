/**
 * Processes of the kind that users run, started from outside: with an end that is certain, and with
 * what the kernel knows of their use of the machine.
 */
@NullMarked
package dev.overseer.bench.process;

import org.jspecify.annotations.NullMarked;
