package dev.overseer.server.commands;

import dev.overseer.ingestion.postgres.SetupScript;
import dev.overseer.model.InvalidRequest;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.configuration.SourceSettings;
import dev.overseer.server.sources.SourceReport;
import dev.overseer.store.log.LogVerification.Progress;
import dev.overseer.store.log.RemoteSegments;
import dev.overseer.store.log.VerifiedLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A program that only knows where things are. */
final class OfflineProgram implements Program {

  @Override
  public Path updates(Path dataDirectory) {
    return dataDirectory.resolve("updates");
  }

  @Override
  public int run(Configuration configuration) {
    throw refused();
  }

  @Override
  public int checkChecks(Configuration configuration) {
    throw refused();
  }

  @Override
  public SourceReport examine(Configuration configuration, SourceSettings source) {
    throw refused();
  }

  @Override
  public SetupScript setup(Configuration configuration, SourceSettings source) {
    throw refused();
  }

  @Override
  public RemoteSegments archivedUpdates(Configuration configuration) {
    return RemoteSegments.NONE;
  }

  @Override
  public OpenBacktests openBacktests(Path dataDirectory, Configuration configuration, Path jar) {
    throw refused();
  }

  @Override
  public OpenDesk openStopped(Path dataDirectory, Optional<Configuration> configuration) {
    throw refused();
  }

  @Override
  public List<VerifiedLog> verify(Path dataDirectory, Progress progress) {
    throw refused();
  }

  @Override
  public List<VerifiedLog> verifyArchive(Configuration configuration, Progress progress) {
    throw refused();
  }

  private static InvalidRequest refused() {
    return new InvalidRequest("Not in this test");
  }
}
