package dev.overseer.server.configuration;

/**
 * How the logs are kept.
 *
 * @param segmentSize after so many bytes a log begins a new file
 */
public record StorageSettings(ByteSize segmentSize) {

  static StorageSettings defaults() {
    return new StorageSettings(new ByteSize(64L << 20));
  }
}
