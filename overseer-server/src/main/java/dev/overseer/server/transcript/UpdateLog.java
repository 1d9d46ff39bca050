package dev.overseer.server.transcript;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogRecord;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.RemoteSegments;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.UpdateLogCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;

/** The update log in its directory. */
public final class UpdateLog {
  static final String NAME = "updates";

  private static final UUID UNUSED = new UUID(0, 0);

  private UpdateLog() {}

  /**
   * Opens what is durable now, for reading; a server may be writing.
   *
   * @param archive holds what this directory does not hold any more
   * @throws InvalidRequest when there is none
   */
  public static ReadableLog<LogRecord> open(Path directory, RemoteSegments archive) {
    if (!Files.isDirectory(directory)) {
      throw new InvalidRequest(
          "There is no update log in %s: name the server's data directory with --data-dir or"
                  .formatted(directory.toAbsolutePath())
              + " --config");
    }
    return SegmentedLog.openReadOnly(
        directory,
        new UpdateLogCodec(),
        settings(UNUSED, InstantSource.system()).withRemote(archive));
  }

  static LogSettings settings(UUID identity, InstantSource clock) {
    return LogSettings.of(NAME, identity, clock);
  }
}
