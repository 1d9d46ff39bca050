package dev.overseer.server;

import dev.overseer.ingestion.postgres.SetupScript;
import dev.overseer.server.commands.Program;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.configuration.SourceSettings;
import dev.overseer.server.loading.LoadedChecks;
import dev.overseer.server.sources.SourceReport;
import dev.overseer.server.sources.UntailedSource;
import dev.overseer.store.log.LogVerification.Progress;
import dev.overseer.store.log.RemoteSegments;
import dev.overseer.store.log.VerifiedLog;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the command line makes of this module: the server, its checks, a stopped one's desk. */
final class ServerProgram implements Program {
  private static final Logger LOG = LoggerFactory.getLogger(ServerProgram.class);
  private static final long STOP_SECONDS_MAX = 60;
  private static final int STOPPED = 0;
  private static final int FAILED = 1;

  @Override
  public int run(Configuration configuration) {
    CompletableFuture<@Nullable Void> stop = new CompletableFuture<>();
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = Thread.ofPlatform().name("stop").unstarted(() -> stopInOrder(stop, ended));
    Runtime.getRuntime().addShutdownHook(hook);
    try (LoadedChecks checks = find(configuration)) {
      if (checks.definitions().isEmpty()) {
        LOG.warn(
            "There are no checks, so updates are kept and nothing is judged: see checks.directory");
      }
      Lives lives = new Lives.Configured(configuration, checks);
      return new Renewal(lives, stop, InstantSource.system()).run() ? STOPPED : FAILED;
    } finally {
      ended.countDown();
    }
  }

  @Override
  public int checkChecks(Configuration configuration) {
    try (LoadedChecks checks = find(configuration)) {
      CheckFitting.require(checks, configuration);
      return checks.definitions().size();
    }
  }

  @Override
  public SourceReport examine(Configuration configuration, SourceSettings source) {
    return new UntailedSource(source, configuration.definitions()).examine(InstantSource.system());
  }

  @Override
  public SetupScript setup(Configuration configuration, SourceSettings source) {
    return new UntailedSource(source, configuration.definitions()).setup();
  }

  @Override
  public Path updates(Path dataDirectory) {
    return new DataDirectory(dataDirectory).updates();
  }

  @Override
  public RemoteSegments archivedUpdates(Configuration configuration) {
    return LogArchives.updatesOf(configuration);
  }

  @Override
  public OpenDesk openStopped(Path dataDirectory, Optional<Configuration> configuration) {
    StoredDesk desk = StoredDesk.open(new DataDirectory(dataDirectory), configuration);
    return new OpenDesk(desk, desk);
  }

  @Override
  public OpenBacktests openBacktests(Path dataDirectory, Configuration configuration, Path jar) {
    Resources resources = new Resources();
    try {
      LoadedChecks checks = resources.keep(LoadedChecks.ofJar(jar));
      StoredBacktests stored =
          resources.keep(
              StoredBacktests.open(new DataDirectory(dataDirectory), configuration, checks));
      return new OpenBacktests(stored.runs(), resources);
    } catch (RuntimeException | Error e) {
      resources.close();
      throw e;
    }
  }

  @Override
  public List<VerifiedLog> verify(Path dataDirectory, Progress progress) {
    return LogAudit.ofDirectory(new DataDirectory(dataDirectory), progress);
  }

  @Override
  public List<VerifiedLog> verifyArchive(Configuration configuration, Progress progress) {
    return LogAudit.ofArchive(configuration.storage(), progress);
  }

  private static LoadedChecks find(Configuration configuration) {
    return LoadedChecks.find(List.of(), configuration.checks().directory());
  }

  /** The virtual machine ends with this thread, so it waits for the other one to end in order. */
  private static void stopInOrder(CompletableFuture<@Nullable Void> stop, CountDownLatch ended) {
    stop.complete(null);
    try {
      if (!ended.await(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        LOG.warn(
            "It did not stop in {} s, and is ended; it goes on in order next time",
            STOP_SECONDS_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
