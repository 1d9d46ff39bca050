package dev.overseer.server.commands;

import dev.overseer.ingestion.postgres.SetupScript;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.configuration.SourceSettings;
import dev.overseer.server.desk.Backtests;
import dev.overseer.server.desk.Desk;
import dev.overseer.server.sources.SourceReport;
import dev.overseer.store.log.LogVerification.Progress;
import dev.overseer.store.log.RemoteSegments;
import dev.overseer.store.log.VerifiedLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the commands need of the program around them. */
public interface Program {

  /** Runs the server until it is told to stop or fails; gives the exit code. */
  int run(Configuration configuration);

  /** Finds all that is wrong with the configured checks; throws when something is. */
  int checkChecks(Configuration configuration);

  /** Holds a source's database against all that is required of it, and changes nothing there. */
  SourceReport examine(Configuration configuration, SourceSettings source);

  /** The SQL that prepares a source's database; connects to nothing. */
  SetupScript setup(Configuration configuration, SourceSettings source);

  /** Where a data directory keeps the update log. */
  Path updates(Path dataDirectory);

  /** Reads what the update log has in its archive alone, until the process ends. */
  RemoteSegments archivedUpdates(Configuration configuration);

  /**
   * The desk of a data directory whose server does not run: it can be read, not acted on.
   *
   * @param configuration of that server; without it no records and views can be read
   */
  OpenDesk openStopped(Path dataDirectory, Optional<Configuration> configuration);

  /**
   * Backtests of what a data directory holds, whether or not a server runs on it, by the checks of
   * a jar.
   */
  OpenBacktests openBacktests(Path dataDirectory, Configuration configuration, Path jar);

  /** Verifies the logs of a data directory, which a server may be writing to. */
  List<VerifiedLog> verify(Path dataDirectory, Progress progress);

  /** Verifies the logs as the configured archive holds them. */
  List<VerifiedLog> verifyArchive(Configuration configuration, Progress progress);

  /** Backtests to be closed after use. */
  record OpenBacktests(Backtests backtests, AutoCloseable resource) {}

  /** A desk to be closed after use. */
  record OpenDesk(Desk desk, AutoCloseable resource) {}
}
