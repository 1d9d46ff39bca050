/** The system's clock as the server reads it, and what becomes of its being set back. */
@NullMarked
package dev.overseer.server.clock;

import org.jspecify.annotations.NullMarked;
