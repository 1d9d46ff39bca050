package dev.overseer.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Postgres server on this machine, started from Maven artifacts, ready to be tailed: {@code
 * wal_level=logical} and durable (unlike the library's own defaults). Its port and data directory
 * stay the same over {@link #restart}, {@link #stop} and {@link #kill}. The super-user is {@code
 * postgres}, without a password.
 *
 * <p>Prints nothing; the server's own log is the file {@link #log}. Closing stops the server and
 * removes the data directory, unless the caller chose it. Use it from one thread at a time;
 * connections belong to whoever opened them.
 */
public final class PostgresServer implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(30);
  private static final Duration STOP_MAX = Duration.ofSeconds(20);

  private final PostgresVersion version;
  private final Path directory;
  private final boolean temporary;
  private final Map<String, String> settings;
  private int port;
  private @Nullable EmbeddedPostgres running;

  private PostgresServer(Builder options, boolean temporary) {
    this.version = options.version;
    this.temporary = temporary;
    this.directory = options.dataDirectory == null ? temporaryDirectory() : options.dataDirectory;
    this.settings = new TreeMap<>(options.settings);
    this.port = options.port;
  }

  /** Starts the newest version on a free port, in a directory that goes with it. */
  public static PostgresServer start() {
    return builder().start();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** What may be chosen before the start; everything has a default. */
  public static final class Builder {
    private PostgresVersion version = PostgresVersion.NEWEST;
    private int port;
    private @Nullable Path dataDirectory;
    private final Map<String, String> settings = new TreeMap<>(durableAndTailed());

    private Builder() {}

    public Builder version(PostgresVersion chosen) {
      this.version = chosen;
      return this;
    }

    /** 0, the default, is any free port. */
    public Builder port(int chosen) {
      this.port = chosen;
      return this;
    }

    /** Kept at close; one that holds a server's files already is started as it is. */
    public Builder dataDirectory(Path chosen) {
      this.dataDirectory = chosen;
      return this;
    }

    /** A server setting, as in {@code postgresql.conf}. */
    public Builder setting(String name, String value) {
      settings.put(name, value);
      return this;
    }

    public PostgresServer start() {
      PostgresServer server = new PostgresServer(this, dataDirectory == null);
      server.resume();
      return server;
    }
  }

  public int port() {
    return port;
  }

  public String jdbcUrl() {
    return jdbcUrl("postgres");
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres".formatted(port, database);
  }

  /** A connection of the super-user to the database {@code postgres}. */
  public Connection connect() throws SQLException {
    return connect("postgres");
  }

  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database));
  }

  /** Runs each statement in a transaction of its own. */
  public void execute(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The server refused: " + e.getMessage(), e);
    }
  }

  /**
   * Starts a standby of this server, in a directory that goes with it: it follows all that is
   * committed here, lets itself be read, and can be {@link #promote promoted}. It comes with the
   * same settings, and keeps those of our slots that were made for that.
   */
  public PostgresServer startStandby() {
    return startStandby(port);
  }

  /**
   * The same, over another port that leads here: a proxy's, so that the standby can be left behind.
   */
  public PostgresServer startStandby(int through) {
    Path copy = temporaryDirectory();
    new BaseBackup(this, directory).into(copy, through);
    Builder options = builder().version(version).dataDirectory(copy);
    options.settings.putAll(settings);
    PostgresServer standby = new PostgresServer(options, true);
    standby.resume();
    return standby;
  }

  /** Makes a primary of a standby: the history goes on here, whatever the old primary does. */
  public void promote() {
    execute("SELECT pg_promote()");
  }

  /** The one value of the one row that a query gives. */
  public String value(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException("The server refused: " + e.getMessage(), e);
    }
  }

  /** Where the server and its tools write what they have to say. */
  public Path log() {
    return directory.resolveSibling(directory.getFileName() + ".log");
  }

  public boolean isRunning() {
    return running != null && postmaster().isPresent();
  }

  /** Starts the server after {@link #stop} or {@link #kill}, on the same files and port. */
  public void resume() {
    if (running != null) {
      throw new IllegalStateException("The server on port " + port + " runs already");
    }
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory)
            .setCleanDataDirectory(false)
            .setPGStartupWait(START_MAX)
            .setOutputRedirector(Redirect.appendTo(log().toFile()))
            .setErrorRedirector(Redirect.appendTo(log().toFile()))
            .setLocaleConfig("locale", "C")
            .setPort(port);
    settings.forEach(builder::setServerConfig);
    if (version != PostgresVersion.NEWEST) {
      builder.setPgBinaryResolver(version.resolver());
    }
    try {
      running = builder.start();
      port = running.getPort();
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException("Postgres does not start; " + log() + " says why", e);
    }
  }

  /** Stops in order: open transactions are rolled back, everything committed is flushed. */
  public void stop() {
    EmbeddedPostgres server = running;
    if (server == null) {
      return;
    }
    Optional<ProcessHandle> postmaster = postmaster();
    try {
      server.close();
      postmaster.ifPresent(process -> awaitEnd(process, STOP_MAX));
    } catch (IOException e) {
      throw new UncheckedIOException("Postgres does not stop; " + log() + " says why", e);
    } finally {
      running = null;
    }
  }

  /** Ends every process of the server at once, as a loss of power would. */
  public void kill() {
    EmbeddedPostgres server = running;
    if (server == null) {
      return;
    }
    List<ProcessHandle> processes =
        postmaster().stream()
            .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
            .toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> awaitEnd(process, STOP_MAX));
    try {
      Files.deleteIfExists(directory.resolve("postmaster.pid"));
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot tidy up after a killed Postgres", e);
    } finally {
      running = null;
    }
  }

  public void restart() {
    stop();
    resume();
  }

  @Override
  public void close() {
    stop();
    if (temporary) {
      removeDirectory();
    }
  }

  private static Map<String, String> durableAndTailed() {
    return Map.of(
        "fsync", "on",
        "synchronous_commit", "on",
        "full_page_writes", "on",
        "wal_level", "logical",
        "max_wal_senders", "20",
        "max_replication_slots", "20",
        "max_connections", "100",
        "timezone", "UTC");
  }

  /** The server's main process, as its own pid file says. */
  private Optional<ProcessHandle> postmaster() {
    try {
      List<String> lines = Files.readAllLines(directory.resolve("postmaster.pid"));
      return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static void awaitEnd(ProcessHandle process, Duration max) {
    try {
      process.onExit().get(max.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      process.onExit().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while Postgres was stopping", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot wait for process " + process.pid(), e);
    }
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("overseer-postgres").resolve("data");
    } catch (IOException e) {
      throw new UncheckedIOException("No temporary directory", e);
    }
  }

  private void removeDirectory() {
    try (Stream<Path> files = Files.walk(directory.getParent())) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + directory, e);
    }
  }
}
