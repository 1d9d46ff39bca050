/**
 * The journal as SQL tables, for questions. Derived: it trails the journal by a moment, and is made
 * again when its file is deleted. Everything that is decided is decided without it.
 */
@NullMarked
package dev.overseer.runner.projection;

import org.jspecify.annotations.NullMarked;
