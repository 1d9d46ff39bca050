package dev.overseer.server.remote;

import dev.overseer.model.Unavailable;
import dev.overseer.server.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where the server of a data directory can be asked: the content of {@code server.json}, which is
 * there while the server runs. It holds no secret.
 *
 * @param url as {@code http://127.0.0.1:8500}
 * @param token where to find the token, as configured: {@code ${file:/path}}
 * @param certificate what the server shows, Base64 of DER, when it serves HTTPS
 */
public record ServerAddress(
    String url, long pid, Optional<String> token, Optional<String> certificate) {
  private static final String FILE = "server.json";

  /** Empty when no server runs on the directory, as far as the directory tells. */
  public static Optional<ServerAddress> find(Path dataDirectory) {
    try {
      String text = Files.readString(dataDirectory.resolve(FILE));
      return Optional.of(Json.read(text, ServerAddress.class));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("The directory %s cannot be read".formatted(dataDirectory), e);
    }
  }

  /**
   * From now on the server is found there.
   *
   * @throws Unavailable when the directory takes no writes
   */
  public void write(Path dataDirectory) {
    try {
      Path draft = dataDirectory.resolve(FILE + ".new");
      Files.writeString(draft, Json.writeIndented(this));
      Files.move(
          draft,
          dataDirectory.resolve(FILE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw refused(dataDirectory, e);
    }
  }

  public static void remove(Path dataDirectory) {
    try {
      Files.deleteIfExists(dataDirectory.resolve(FILE));
    } catch (IOException e) {
      throw refused(dataDirectory, e);
    }
  }

  private static Unavailable refused(Path dataDirectory, IOException cause) {
    return new Unavailable(
        "The directory %s cannot be written to: %s".formatted(dataDirectory, cause), cause);
  }
}
