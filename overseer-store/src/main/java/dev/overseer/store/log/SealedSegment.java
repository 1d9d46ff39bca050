package dev.overseer.store.log;

import dev.overseer.model.LogOffset;
import java.nio.file.Path;

/**
 * A file of a log that never changes again.
 *
 * @param end the offset after its last record, with which the next one begins
 * @param length in bytes, be they on this disk or elsewhere
 * @param generation how often records were deleted from it
 */
public record SealedSegment(
    Path file, LogOffset first, LogOffset end, long length, int generation) {}
