package dev.overseer.server;

import dev.overseer.formats.Formats;
import dev.overseer.model.Definitions;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogRecord;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.reading.LogReadings;
import dev.overseer.server.reading.Readings;
import dev.overseer.server.transcript.UpdateLog;
import dev.overseer.store.index.IndexDirectory;
import dev.overseer.store.index.IndexIdentity;
import dev.overseer.store.index.KeyValueUpdateIndex;
import dev.overseer.store.keys.ErasedKeys;
import dev.overseer.store.keyvalue.Durability;
import dev.overseer.store.keyvalue.RocksSettings;
import dev.overseer.store.log.ReadableLog;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The readings of a directory whose server does not run. What they know ends where the server's
 * index ended.
 */
final class StoredReadings implements AutoCloseable {
  private final Resources resources = new Resources();
  private final Readings readings;

  /**
   * @throws InvalidRequest when the directory has no index of this configuration's models
   */
  static StoredReadings open(DataDirectory directory, Configuration configuration) {
    return new StoredReadings(directory, configuration);
  }

  private StoredReadings(DataDirectory directory, Configuration configuration) {
    try {
      Definitions definitions = configuration.definitions();
      ReadableLog<LogRecord> log =
          resources.keep(UpdateLog.open(directory.updates(), LogArchives.updatesOf(configuration)));
      KeyValueUpdateIndex index = resources.keep(index(directory, configuration.watched(), log));
      readings =
          new LogReadings(
              index,
              log,
              definitions,
              Formats.standard(ErasedKeys.read(directory.keys())),
              configuration.limits(),
              configuration.messages(),
              Optional::empty,
              InstantSource.system());
    } catch (RuntimeException | Error e) {
      resources.close();
      throw e;
    }
  }

  /** The index of these models, for reading. Fails with {@link InvalidRequest} without one. */
  static KeyValueUpdateIndex index(
      DataDirectory directory, Definitions definitions, ReadableLog<LogRecord> log) {
    return IndexDirectory.openReadOnly(
            directory.index(),
            RocksSettings.of(Durability.FLUSHED, KeyValueUpdateIndex.SPACES),
            definitions,
            IndexIdentity.of(log.identity(), definitions),
            log.end())
        .orElseThrow(() -> noIndex(directory));
  }

  private static InvalidRequest noIndex(DataDirectory directory) {
    return new InvalidRequest(
        "There is no sound index of these models in %s: give the configuration that the server ran with, or start one with overseer run, which makes it"
            .formatted(directory.index().toAbsolutePath()));
  }

  Readings readings() {
    return readings;
  }

  @Override
  public void close() {
    resources.close();
  }
}
