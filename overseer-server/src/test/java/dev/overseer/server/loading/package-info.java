/** Checks from real jars, compiled by the tests. */
@NullMarked
package dev.overseer.server.loading;

import org.jspecify.annotations.NullMarked;
