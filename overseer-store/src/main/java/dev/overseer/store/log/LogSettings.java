package dev.overseer.store.log;

import dev.overseer.model.InvalidRequest;
import java.time.InstantSource;
import java.util.UUID;

/**
 * How a {@link SegmentedLog} is kept. Memory: {@code cacheBytes}, and up to twice {@code
 * unsyncedBytesMax}.
 *
 * @param name what the log is, kept in its files: another log's directory is not taken for it
 * @param identityIfNew the identity of the log, should it have to be created
 * @param clock stamps new segments; nothing depends on it
 * @param segmentBytes a segment that reached this size is sealed
 * @param blockBytes a block that reached this size takes no more records
 * @param unsyncedBytesMax appending waits while more than this is not yet durable
 * @param cacheBytes for blocks read by offset, and for the live tail
 * @param remote where the segments are that were evicted
 * @param safety what a record has to outlive before it counts as safe
 */
public record LogSettings(
    String name,
    UUID identityIfNew,
    InstantSource clock,
    long segmentBytes,
    int blockBytes,
    long unsyncedBytesMax,
    long cacheBytes,
    RemoteSegments remote,
    Safety safety) {
  private static final int NAME_LENGTH_MAX = 100;

  /** What a record has to outlive. */
  public enum Safety {
    /** The process: it is on the disk. */
    DISK,
    /** The machine: it is in the archive. */
    ARCHIVE
  }

  public LogSettings {
    if (!name.matches("[a-z][a-z0-9-]*") || name.length() > NAME_LENGTH_MAX) {
      throw new InvalidRequest("A log's name is like 'updates', but this is '" + name + "'");
    }
    if (segmentBytes < 1 || blockBytes < 1 || unsyncedBytesMax < 1 || cacheBytes < 0) {
      throw new InvalidRequest("The sizes of the log '" + name + "' must be positive");
    }
  }

  public static LogSettings of(String name, UUID identityIfNew, InstantSource clock) {
    return new LogSettings(
        name,
        identityIfNew,
        clock,
        64 << 20,
        64 << 10,
        8 << 20,
        32 << 20,
        RemoteSegments.NONE,
        Safety.DISK);
  }

  public LogSettings withSegmentBytes(long bytes) {
    return new LogSettings(
        name,
        identityIfNew,
        clock,
        bytes,
        blockBytes,
        unsyncedBytesMax,
        cacheBytes,
        remote,
        safety);
  }

  public LogSettings withBlockBytes(int bytes) {
    return new LogSettings(
        name,
        identityIfNew,
        clock,
        segmentBytes,
        bytes,
        unsyncedBytesMax,
        cacheBytes,
        remote,
        safety);
  }

  public LogSettings withUnsyncedBytesMax(long bytes) {
    return new LogSettings(
        name, identityIfNew, clock, segmentBytes, blockBytes, bytes, cacheBytes, remote, safety);
  }

  public LogSettings withCacheBytes(long bytes) {
    return new LogSettings(
        name,
        identityIfNew,
        clock,
        segmentBytes,
        blockBytes,
        unsyncedBytesMax,
        bytes,
        remote,
        safety);
  }

  public LogSettings withRemote(RemoteSegments remote) {
    return new LogSettings(
        name,
        identityIfNew,
        clock,
        segmentBytes,
        blockBytes,
        unsyncedBytesMax,
        cacheBytes,
        remote,
        safety);
  }

  public LogSettings withSafety(Safety safety) {
    return new LogSettings(
        name,
        identityIfNew,
        clock,
        segmentBytes,
        blockBytes,
        unsyncedBytesMax,
        cacheBytes,
        remote,
        safety);
  }
}
