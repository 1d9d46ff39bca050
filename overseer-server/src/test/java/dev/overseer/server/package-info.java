/** The program as a whole, and what it starts from. */
@NullMarked
package dev.overseer.server;

import org.jspecify.annotations.NullMarked;
