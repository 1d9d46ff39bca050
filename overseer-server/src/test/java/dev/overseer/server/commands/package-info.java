/** The command line against a server that runs, and one that does not. */
@NullMarked
package dev.overseer.server.commands;

import org.jspecify.annotations.NullMarked;
