package dev.overseer.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * A real server of the S3 protocol on a free port of this machine, started from a Maven artifact.
 * It keeps buckets as directories and decides conditional puts atomically. Not all of Amazon's: it
 * knows no object lock and does not encrypt.
 */
public final class S3Server implements AutoCloseable {
  public static final String ACCESS_KEY = "overseer";
  public static final String SECRET = "overseer-secret";

  private final S3Proxy proxy;
  private final Path directory;

  private S3Server(S3Proxy proxy, Path directory) {
    this.proxy = proxy;
    this.directory = directory;
  }

  /** Keeps its buckets in the given directory, which is made, or may hold some already. */
  public static S3Server start(Path directory) {
    make(directory);
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(directory.toString()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET)
            .ignoreUnknownHeaders(true)
            .build();
    try {
      proxy.start();
    } catch (Exception e) {
      throw new IllegalStateException("The S3 server did not start", e);
    }
    return new S3Server(proxy, directory);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  /** Makes an empty bucket. */
  public void createBucket(String name) {
    make(directory.resolve(name));
  }

  /** Makes a bucket look deleted, until {@link #showBucket}. */
  public void hideBucket(String name) {
    move(directory.resolve(name), hidden(name));
  }

  /** Brings back a bucket with all that was in it. */
  public void showBucket(String name) {
    move(hidden(name), directory.resolve(name));
  }

  private Path hidden(String name) {
    return directory.resolveSibling(directory.getFileName() + "-without-" + name);
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new IllegalStateException("The directory " + from + " could not be moved", e);
    }
  }

  private static void make(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new IllegalStateException("The directory " + directory + " could not be made", e);
    }
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The S3 server did not stop", e);
    }
  }
}
