package dev.overseer.runner;

import dev.overseer.model.CheckName;
import java.time.Instant;
import java.util.Optional;

/**
 * A check of which nothing is judged for the present, because it keeps erring or does not come
 * back.
 *
 * @param why for people
 * @param probeAt when it is tried again, on Overseer's own clock; empty while it does not come back
 */
public record Suspended(CheckName check, String why, Optional<Instant> probeAt) {}
