package dev.overseer.server.configuration;

import java.util.Optional;

/**
 * How the logs are kept.
 *
 * @param segmentSize after so many bytes a log begins a new file
 * @param durability what must hold a change before its source hears that we have it
 * @param localMax how much of a log this disk holds, be it archived or not
 * @param minFree when less than this is free on the disk, no more is taken in
 */
public record StorageSettings(
    ByteSize segmentSize,
    Durability durability,
    Optional<ArchiveSettings> archive,
    ByteSize localMax,
    ByteSize minFree) {

  /** What must hold a change before its source hears that we have it. */
  public enum Durability {
    /** This disk. */
    LOCAL,
    /** The archive: a lost machine loses nothing. */
    OBJECT_STORE
  }

  static StorageSettings defaults() {
    return new StorageSettings(
        new ByteSize(64L << 20),
        Durability.LOCAL,
        Optional.empty(),
        new ByteSize(10L << 30),
        new ByteSize(512L << 20));
  }
}
