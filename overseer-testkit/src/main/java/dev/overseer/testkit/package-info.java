/**
 * What tests and the demo start: real Postgres servers from Maven artifacts, and the means to
 * trouble them.
 */
@NullMarked
package dev.overseer.testkit;

import org.jspecify.annotations.NullMarked;
