/** Deliveries, some to a real HTTP server that fails on purpose. */
@NullMarked
package dev.overseer.runner.escalation;

import org.jspecify.annotations.NullMarked;
