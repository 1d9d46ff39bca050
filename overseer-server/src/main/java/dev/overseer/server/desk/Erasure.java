package dev.overseer.server.desk;

import java.time.Instant;

/**
 * A subject was erased.
 *
 * @param subject a keyed hash of it, in hexadecimal, as on record
 * @param key the name of the key that was destroyed, which its tokens begin with
 */
public record Erasure(
    String kind, String subject, String key, String by, String reason, Instant at) {}
