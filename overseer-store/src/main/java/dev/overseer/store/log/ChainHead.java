package dev.overseer.store.log;

import dev.overseer.model.LogOffset;
import java.util.UUID;

/**
 * What the chain of a log is up to the end of a packed segment: whoever keeps this can tell later
 * that nothing before that end was altered, removed or put in.
 *
 * @param end the offset after the segment's last record
 * @param sha256 of the segment's file, which says that of the file before it, and so on
 */
public record ChainHead(String log, UUID identity, LogOffset end, Sha256 sha256) {}
