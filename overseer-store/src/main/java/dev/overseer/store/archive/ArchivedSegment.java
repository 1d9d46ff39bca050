package dev.overseer.store.archive;

import dev.overseer.model.LogOffset;
import dev.overseer.store.objects.ObjectKey;

/**
 * A segment in the archive.
 *
 * @param first the offset of its first record
 * @param length in bytes
 */
public record ArchivedSegment(ObjectKey key, LogOffset first, long length) {}
