package dev.overseer.server.commands;

import dev.overseer.model.InvalidRequest;
import dev.overseer.server.configuration.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which data directory a command is about. */
final class DataOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The server's configuration: tells its data directory.")
  @Nullable Path config;

  @Option(
      names = "--data-dir",
      paramLabel = "DIRECTORY",
      description = "The server's data directory. Default: that of --config, else overseer-data.")
  @Nullable Path dataDirectory;

  /** The directory, which may not exist. */
  Path directory() {
    if (dataDirectory != null) {
      return dataDirectory;
    }
    return config != null
        ? Configuration.read(config).dataDirectory()
        : Configuration.DATA_DIRECTORY_DEFAULT;
  }

  Optional<Configuration> configuration() {
    return Optional.ofNullable(config).map(Configuration::read);
  }

  /**
   * @throws InvalidRequest when there is none
   */
  Path existing() {
    Path directory = directory();
    if (!Files.isDirectory(directory)) {
      throw new InvalidRequest(
          "There is no directory %s: name the server's with --data-dir or --config"
              .formatted(directory.toAbsolutePath()));
    }
    return directory;
  }
}
