/** The canary, cranked by hand and in a running server. */
@NullMarked
package dev.overseer.server.canary;

import org.jspecify.annotations.NullMarked;
