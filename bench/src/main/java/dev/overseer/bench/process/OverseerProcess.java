package dev.overseer.bench.process;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Unavailable;
import dev.overseer.server.desk.CheckStatus;
import dev.overseer.server.desk.Desk;
import dev.overseer.server.desk.Readiness;
import dev.overseer.server.remote.RemoteDesk;
import dev.overseer.server.remote.ServerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Overseer as its users run it: {@code overseer run --config FILE}, a process of its own, asked
 * over its own HTTP. Used by one thread.
 */
public final class OverseerProcess implements AutoCloseable {
  private static final Duration STOP_MAX = Duration.ofSeconds(60);
  private static final Duration ASK_EVERY = Duration.ofMillis(50);

  private final ChildProcess process;
  private final Path dataDirectory;
  private @Nullable RemoteDesk desk;

  private OverseerProcess(ChildProcess process, Path dataDirectory) {
    this.process = process;
    this.dataDirectory = dataDirectory;
  }

  /**
   * @param home the source tree whose launcher is used
   * @param dataDirectory as the configuration names it
   * @param log gets what the process prints
   */
  public static OverseerProcess start(Path home, Path config, Path dataDirectory, Path log) {
    List<String> command =
        List.of(home.resolve("overseer").toString(), "run", "--config", config.toString());
    return new OverseerProcess(ChildProcess.start(command, Map.of(), log), dataDirectory);
  }

  public ChildProcess process() {
    return process;
  }

  /** Waits until it is ready; fails when it ends by itself, or is not ready in time. */
  public void awaitReady(Duration max) {
    Polling.await("Overseer is ready", ASK_EVERY, max, () -> isReady());
  }

  /** Fails when it has ended by itself. */
  public boolean isReady() {
    process.requireAlive();
    return ask(Desk::readiness).map(Readiness::ready).orElse(false);
  }

  /** How its only check, or the one of this name, stands; empty while it does not answer. */
  public Optional<CheckStatus> check(String name) {
    process.requireAlive();
    return ask(Desk::checks).stream()
        .flatMap(List::stream)
        .filter(check -> check.name().equals(name))
        .findFirst();
  }

  /** Empty while it does not answer: it starts, or was killed. */
  public <T> Optional<T> ask(Function<Desk, T> question) {
    try {
      return desk().map(question);
    } catch (Unavailable | InvalidRequest | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /** What {@code /metrics} shows; nothing while it does not answer. */
  public Scrape metrics() {
    return new Scrape(
        ServerAddress.find(dataDirectory).stream()
            .flatMap(address -> scrape(address).lines())
            .toList());
  }

  private static String scrape(ServerAddress address) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address.url() + "/metrics")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the server was asked", e);
    }
  }

  /** SIGTERM; fails when it does not end in order. */
  public void stop() {
    if (!process.stop(STOP_MAX)) {
      throw new IllegalStateException(
          "Overseer did not stop within %d s; the last it said:%n%s"
              .formatted(STOP_MAX.toSeconds(), process.lastLines()));
    }
  }

  @Override
  public void close() {
    process.close();
    if (desk != null) {
      desk.close();
    }
  }

  /** A killed process leaves its address behind: only this one's own counts. */
  private Optional<Desk> desk() {
    if (desk == null && Files.isDirectory(dataDirectory)) {
      ServerAddress.find(dataDirectory)
          .filter(address -> address.pid() == process.pid())
          .ifPresent(address -> desk = new RemoteDesk(address));
    }
    return Optional.ofNullable(desk);
  }
}
