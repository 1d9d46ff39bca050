/**
 * The composition root: configuration, threads, HTTP, metrics and the command line around the
 * stages of the journey.
 */
@NullMarked
package dev.overseer.server;

import org.jspecify.annotations.NullMarked;
