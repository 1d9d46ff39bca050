package dev.overseer.bench.oracle;

import dev.overseer.bench.process.Directories;
import dev.overseer.bench.process.Polling;
import dev.overseer.server.Overseer;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.desk.IncidentSummary;
import dev.overseer.server.desk.Query;
import dev.overseer.server.desk.SourceStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Overseer as it is, in this process, on a directory of its own; it can be restarted. */
final class Watcher implements AutoCloseable {
  private static final Duration ASK_EVERY = Duration.ofMillis(50);
  private static final Duration CAUGHT_UP_MAX = Duration.ofMinutes(1);

  private final Path directory;
  private final Configuration configuration;
  private Overseer overseer;

  private Watcher(Path directory, Configuration configuration) {
    this.directory = directory;
    this.configuration = configuration;
    this.overseer = start();
  }

  static Watcher start(Database database, List<WorkTable> tables) {
    try {
      Path directory = Files.createTempDirectory("overseer-oracle");
      String text = WatcherFile.text(database, tables);
      return new Watcher(directory, Configuration.parse("overseer.yaml", text, directory));
    } catch (IOException e) {
      throw new UncheckedIOException("The oracle's directory cannot be made", e);
    }
  }

  private Overseer start() {
    return Overseer.start(configuration, List.of());
  }

  void restart() {
    overseer.close();
    overseer = start();
  }

  /** Until everything that was committed by now is stored. */
  void awaitCaughtUp() {
    Instant now = Instant.now();
    try {
      Polling.await(
          "Overseer has caught up",
          ASK_EVERY,
          CAUGHT_UP_MAX,
          () -> overseer.desk().sources().stream().allMatch(source -> isBeyond(source, now)));
    } catch (IllegalStateException e) {
      throw new IllegalStateException(overseer.desk().sources().toString(), e);
    }
  }

  private static boolean isBeyond(SourceStatus source, Instant time) {
    return source.unknownTables().isEmpty()
        && source.watermark().filter(it -> it.isAfter(time)).isPresent();
  }

  List<IncidentSummary> incidents() {
    return overseer.desk().incidents(Query.all()).items();
  }

  /** Stops Overseer, and gives what it stored. */
  Stored stop() {
    overseer.close();
    return Stored.open(configuration);
  }

  void clearAway() {
    Directories.remove(directory);
  }

  @Override
  public void close() {
    overseer.close();
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
