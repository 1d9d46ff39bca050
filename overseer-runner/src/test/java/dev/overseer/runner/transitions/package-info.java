/** The table of legal transitions, and what the reference says of it. */
@NullMarked
package dev.overseer.runner.transitions;

import org.jspecify.annotations.NullMarked;
