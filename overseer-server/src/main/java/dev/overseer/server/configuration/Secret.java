package dev.overseer.server.configuration;

import dev.overseer.model.InvalidRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A password, token or key: where to find it, read only at {@link #reveal}, at each use, so that it
 * can be rotated. No {@code toString} shows what it is.
 */
public sealed interface Secret {

  /**
   * The secret itself.
   *
   * @throws InvalidRequest when it is not where it should be
   */
  String reveal();

  /** The same; a relative path is taken to be below {@code directory}. */
  default Secret relativeTo(Path directory) {
    return this instanceof File(Path path) ? new File(directory.resolve(path)) : this;
  }

  /** Reads {@code ${env:NAME}} or {@code ${file:/path}}; fails with {@link InvalidRequest}. */
  static Secret parse(String text) {
    return Scalar.secret(text)
        .orElseThrow(() -> new InvalidRequest("This is not a place to find a secret"));
  }

  /** Known in the program already; a file cannot say this. */
  static Secret of(String text) {
    return new Literal(text);
  }

  record Environment(String variable) implements Secret {
    @Override
    public String reveal() {
      String value = System.getenv(variable);
      if (value == null || value.isEmpty()) {
        throw new InvalidRequest(
            "The environment variable %s is not set; the configuration takes a secret from it"
                .formatted(variable));
      }
      return value;
    }

    @Override
    public String toString() {
      return "${env:" + variable + "}";
    }
  }

  record File(Path path) implements Secret {
    @Override
    public String reveal() {
      try {
        return Files.readString(path).strip();
      } catch (IOException e) {
        throw new InvalidRequest(
            "The file %s cannot be read; the configuration takes a secret from it".formatted(path),
            e);
      }
    }

    @Override
    public String toString() {
      return "${file:" + path + "}";
    }
  }

  record Literal(String text) implements Secret {
    @Override
    public String reveal() {
      return text;
    }

    @Override
    public String toString() {
      return "***";
    }
  }
}
