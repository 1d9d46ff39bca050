/** Measurements in Prometheus' names and units. Labels name sources and checks, never records. */
@NullMarked
package dev.overseer.server.metrics;

import org.jspecify.annotations.NullMarked;
