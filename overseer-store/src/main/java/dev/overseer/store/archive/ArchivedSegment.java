package dev.overseer.store.archive;

import dev.overseer.model.LogOffset;
import dev.overseer.store.objects.ObjectKey;

/**
 * A segment in the archive.
 *
 * @param first the offset of its first record
 * @param generation how often records were deleted from it
 * @param length in bytes
 */
public record ArchivedSegment(ObjectKey key, LogOffset first, int generation, long length) {}
