/**
 * The command line. Every command asks a {@link dev.overseer.server.desk.Desk} and prints a table
 * for people or, with {@code --json}, what HTTP would have answered.
 */
@NullMarked
package dev.overseer.server.commands;

import org.jspecify.annotations.NullMarked;
