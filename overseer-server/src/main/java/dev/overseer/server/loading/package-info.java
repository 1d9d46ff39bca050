/** Finds checks: on the class path, given by the program, and in a directory of jars. */
@NullMarked
package dev.overseer.server.loading;

import org.jspecify.annotations.NullMarked;
