package dev.overseer.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A real file system of a few megabytes, in memory, that can be filled, made read-only, and made to
 * refuse new files in a directory. It takes Linux and the right to mount: see {@link #isPossible}.
 */
public final class SmallDisk implements AutoCloseable {
  private static final int BALLAST_CHUNK = 1 << 20;

  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  /** Whether this process may mount one; where not, tests that need one cannot run. */
  public static boolean isPossible() {
    try {
      Path at = Files.createTempDirectory("small-disk");
      boolean possible = succeeds("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", at.toString());
      if (possible) {
        run("umount", at.toString());
      }
      Files.delete(at);
      return possible;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Mounts one over the directory, which is made if need be. */
  public static SmallDisk mount(Path at, int mebibytes) {
    try {
      Files.createDirectories(at);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", at.toString());
    return new SmallDisk(at);
  }

  public Path path() {
    return path;
  }

  /** Takes what is free, to the last byte. */
  public void fill() {
    fillUpTo(0);
  }

  /** Takes what is free, but for so much. */
  public void fillUpTo(long leftBytes) {
    try (OutputStream ballast =
        Files.newOutputStream(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      long free = Files.getFileStore(path).getUsableSpace();
      while (free > leftBytes) {
        ballast.write(new byte[(int) Math.min(BALLAST_CHUNK, free - leftBytes)]);
        free = Files.getFileStore(path).getUsableSpace();
      }
    } catch (IOException full) {
      // Somebody else took the last of it meanwhile, so it is as full as can be.
    }
  }

  /** Gives back what {@link #fill} took. */
  public void free() {
    try {
      Files.deleteIfExists(ballast());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path ballast() {
    return path.resolve("ballast");
  }

  /** Possible while no file on it is open for writing. */
  public void makeReadOnly() {
    run("mount", "-o", "remount,ro", path.toString());
  }

  public void makeWritable() {
    run("mount", "-o", "remount,rw", path.toString());
  }

  /** No file can be made or deleted in the directory any more, not even by root. */
  public void deny(Path directory) {
    run("chattr", "+i", directory.toString());
  }

  public void allow(Path directory) {
    run("chattr", "-i", directory.toString());
  }

  @Override
  public void close() {
    run("umount", "--lazy", path.toString());
  }

  private static void run(String... command) {
    if (!succeeds(command)) {
      throw new IllegalStateException("It failed: " + List.of(command));
    }
  }

  private static boolean succeeds(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
