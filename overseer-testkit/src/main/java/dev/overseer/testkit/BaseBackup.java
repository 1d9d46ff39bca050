package dev.overseer.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * A copy of a running server's files that can be started as its standby: taken file by file between
 * the server's own start and stop of a backup, since its tools are not there.
 */
final class BaseBackup {
  private static final String STANDBY_SLOT = "standby";

  /** The server's process, and what a copy must not take for its own. */
  private static final Set<String> LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts");

  private static final Set<String> EMPTIED = Set.of("pg_replslot", "pg_stat_tmp");

  private final PostgresServer server;
  private final Path directory;

  BaseBackup(PostgresServer server, Path directory) {
    this.server = server;
    this.directory = directory;
  }

  /**
   * @param port where the standby finds its primary
   */
  void into(Path copy, int port) {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_create_physical_replication_slot('%1$s') WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '%1$s')"
              .formatted(STANDBY_SLOT));
      statement.execute("SELECT pg_backup_start('standby', true)");
      Files.walkFileTree(directory, new Copying(copy));
      try (ResultSet row = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
        row.next();
        Files.writeString(copy.resolve("backup_label"), row.getString(1));
      }
      Files.createFile(copy.resolve("standby.signal"));
      Files.writeString(
          copy.resolve("postgresql.auto.conf"),
          """
          primary_conninfo = 'host=127.0.0.1 port=%d user=postgres dbname=postgres'
          primary_slot_name = '%s'
          hot_standby_feedback = on
          """
              .formatted(port, STANDBY_SLOT),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (SQLException e) {
      throw new IllegalStateException("The server cannot be copied: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("The server's files cannot be copied", e);
    }
  }

  private final class Copying extends SimpleFileVisitor<Path> {
    private final Path copy;

    Copying(Path copy) {
      this.copy = copy;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes)
        throws IOException {
      Path to = copy.resolve(directory.relativize(from));
      Files.createDirectories(
          to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
      return EMPTIED.contains(String.valueOf(from.getFileName()))
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
      if (!LEFT_OUT.contains(String.valueOf(from.getFileName()))) {
        copyUnlessGone(from, copy.resolve(directory.relativize(from)));
      }
      return FileVisitResult.CONTINUE;
    }

    /** A server that runs removes files, and then needs none of them for its recovery. */
    private static void copyUnlessGone(Path from, Path to) throws IOException {
      try {
        Files.copy(from, to);
      } catch (NoSuchFileException e) {
        Files.deleteIfExists(to);
      }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }
}
