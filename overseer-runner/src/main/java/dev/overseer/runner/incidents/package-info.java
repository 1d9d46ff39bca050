/**
 * Incidents: the troubles of sources, checks and storage that keep Overseer from telling. They take
 * the same steps as violations, and are told in the same way.
 */
@NullMarked
package dev.overseer.runner.incidents;

import org.jspecify.annotations.NullMarked;
