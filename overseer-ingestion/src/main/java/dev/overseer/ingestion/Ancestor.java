package dev.overseer.ingestion;

import dev.overseer.model.Incarnation;
import dev.overseer.model.SourcePosition;

/**
 * A history that another one goes on from.
 *
 * @param end the position at which it was left; what lies before is common to both
 */
public record Ancestor(Incarnation incarnation, SourcePosition end) {}
