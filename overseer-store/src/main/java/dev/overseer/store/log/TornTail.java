package dev.overseer.store.log;

import dev.overseer.model.LogOffset;
import java.nio.file.Path;

/**
 * What a crash left unfinished behind the last whole block, and was cut off when the log was
 * opened. It had never been durable.
 *
 * @param position in the file, from where on it was cut
 * @param end the offset at which the log now ends
 */
public record TornTail(Path segment, long position, long bytes, LogOffset end) {}
